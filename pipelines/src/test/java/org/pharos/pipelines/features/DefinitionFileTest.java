package org.pharos.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.pipelines.AggregationText;
import org.pharos.pipelines.BadOption;
import org.pharos.schemas.features.FeatureView;

class DefinitionFileTest {
  private static final Schema SALES =
      Schema.builder()
          .addInt32Field("customer_id")
          .addDateTimeField("sold_at")
          .addInt32Field("product_id")
          .addDecimalField("price")
          .build();

  private static final String SPENDING =
      """
      view: spending
      version: 2
      events: sales
      entity: [customer_id]
      time: sold_at
      ttl: 30d
      bucket: 365d
      known-after: 2h
      features:
        purchases: count over 7d, 30d, all
        spend: sum(price) over 30d
        last: last(product_id, 3)
      """;

  @TempDir Path folder;

  private ViewDefinition read(String text) throws IOException {
    return DefinitionFile.read(Files.writeString(folder.resolve("v.yaml"), text).toString());
  }

  @Test
  void a_file_says_what_a_view_is() throws IOException {
    ViewDefinition definition = read(SPENDING);
    assertThat(definition.events()).isEqualTo("sales");
    assertThat(definition.knownAfter()).isEqualTo(Duration.standardHours(2));
    FeatureView view = definition.view(SALES);
    assertThat(view.qualifiedName()).isEqualTo("spending_v2");
    assertThat(view.timeToLive()).contains(Duration.standardDays(30));
    assertThat(view.bucket()).contains(Duration.standardDays(365));
    assertThat(view.rows())
        .isEqualTo(
            Schema.builder()
                .addInt32Field("customer_id")
                .addDateTimeField("as_of")
                .addInt64Field("purchases_7d")
                .addInt64Field("purchases_30d")
                .addInt64Field("purchases_all")
                .addNullableField("spend_30d", FieldType.DECIMAL)
                .addArrayField("last_all", FieldType.INT32)
                .build());
  }

  @Test
  void tiles_are_as_long_as_windows_and_times_allow() throws IOException {
    ViewDefinition definition = read(SPENDING);
    assertThat(definition.tiled(SALES, List.of(Instant.parse("1998-01-01T00:00:00Z"))).toString())
        .isEqualTo(
            "purchases_7d = count of events over the last 7d, purchases_30d = count of events over"
                + " the last 30d, purchases_all = count of events, spend_30d = sum of price over"
                + " the last 30d, last_all = last 3 of product_id of tiles of 1d");
    assertThat(definition.tiled(SALES, List.of(Instant.parse("1998-01-01T00:30:00Z"))).toString())
        .endsWith("of tiles of 30m");
  }

  @Test
  void what_is_wrong_is_told_with_its_line() {
    assertRefused(
        SPENDING.replace("version: 2", "version: two"), 2, "a version is a whole number, not two");
    assertRefused(
        SPENDING.replace("view: spending", "view: Spending"),
        1,
        "the name of a view has 1 to 32 small letters, digits and _, the first a letter, but this"
            + " is Spending");
    assertRefused(
        SPENDING.replace("ttl: 30d", "tll: 30d"),
        6,
        "tll is not known; view, version, events, entity, time, features, ttl, bucket,"
            + " known-after, owner, description and tags are");
    assertRefused(
        SPENDING.replace("ttl: 30d", "ttl: -30d"),
        6,
        "ttl is a length of time such as 30d, not -30d");
    assertRefused(SPENDING.replace("time: sold_at\n", ""), 1, "time is missing");
    assertRefused(
        SPENDING.replace("count over 7d,", "count over -7d,"),
        10,
        "feature purchases: a window is all or a length such as 1h or 30d, not -7d");
    assertRefused(SPENDING.replace("  spend:", "  purchases:"), 11, "purchases is there twice");
    assertRefused(
        SPENDING.replace("sum(price)", "median(price)"),
        11,
        "feature spend: " + AggregationText.ALLOWED);
    assertRefused(
        SPENDING.replace("last(product_id, 3)", "last(product_id, many)"),
        12,
        "feature last: last: how many is a whole number, not many");
    assertRefused(
        "view: [", 1, "this is no YAML: expected the node content, but found '<stream end>'");
  }

  @Test
  void what_does_not_fit_the_events_is_told_with_its_line() {
    assertRefused(
        () -> read(SPENDING.replace("sum(price)", "sum(spend)")).view(SALES),
        11,
        "feature spend: the events have no field spend, only [customer_id, sold_at, product_id,"
            + " price]");
    assertRefused(
        () ->
            read(SPENDING.replace("spend: sum(price) over 30d", "spend: sum(sold_at) over 30d"))
                .view(SALES),
        11,
        "feature spend: sum of sold_at needs numbers, but the field is DATETIME");
    assertRefused(
        () -> assertThat(read(SPENDING).tiled(SALES, Duration.standardHours(5))).isNotNull(),
        10,
        "feature purchases: a window of 7d is no multiple of a tile of 5h");
  }

  private void assertRefused(String text, int line, String why) {
    assertRefused(() -> assertThat(read(text)).isNull(), line, why);
  }

  private void assertRefused(ThrowingCallable what, int line, String why) {
    assertThatThrownBy(what)
        .isInstanceOf(BadOption.class)
        .hasMessage("--definition=" + folder.resolve("v.yaml") + ", line " + line + ": " + why);
  }
}
