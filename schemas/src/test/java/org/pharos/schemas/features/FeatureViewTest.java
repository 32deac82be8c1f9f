package org.pharos.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.beam.sdk.schemas.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class FeatureViewTest {
  private static final Schema ROWS =
      Schema.builder()
          .addInt64Field("customer")
          .addDateTimeField("as_of")
          .addInt64Field("purchases")
          .build();

  private static FeatureView view() {
    return FeatureView.named("spending", 2).of(ROWS).by("customer").at("as_of");
  }

  @Test
  void a_view_has_a_history_in_buckets_and_an_online_table() {
    FeatureView view = view().withBucket(Duration.standardDays(30));
    assertThat(FeatureTables.history("shop", view).createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS shop.spending_v2_history (
              customer bigint,
              bucket timestamp,
              as_of timestamp,
              known_at timestamp,
              ingested_at timestamp,
              purchases bigint,
              PRIMARY KEY ((customer, bucket), as_of, known_at)
            ) WITH CLUSTERING ORDER BY (as_of DESC, known_at DESC)\
            """);
    assertThat(FeatureTables.online("shop", view).createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS shop.spending_v2_online (
              customer bigint,
              as_of timestamp,
              purchases bigint,
              PRIMARY KEY (customer)
            )\
            """);
  }

  @Test
  void what_cannot_be_a_view_is_refused() {
    assertRefused(
        () -> FeatureView.named("Spending", 1),
        "the name of a view has 1 to 32 small letters, digits and _, the first a letter, but this"
            + " is Spending");
    assertRefused(
        () -> FeatureView.named("spending", 0), "view spending: a version is 1 to 99999, not 0");
    assertRefused(
        () -> FeatureView.named("s", 1).of(ROWS).by().at("as_of"),
        "view s_v1: an entity needs 1 field or more, but has none");
    assertRefused(
        () -> FeatureView.named("s", 1).of(ROWS).by("client").at("as_of"),
        "view s_v1: the rows have no field client, only [customer, as_of, purchases]");
    assertRefused(
        () -> FeatureView.named("s", 1).of(ROWS).by("customer", "customer").at("as_of"),
        "view s_v1: a field is named twice in the entity and the time: [customer, customer,"
            + " as_of]");
    assertRefused(
        () -> FeatureView.named("s", 1).of(ROWS).by("customer").at("purchases"),
        "view s_v1: the time purchases must be a timestamp, but is INT64");
    assertRefused(
        () -> FeatureView.named("s", 1).of(ROWS).by("customer", "purchases").at("as_of"),
        "view s_v1: there is no feature besides [customer, purchases, as_of]");
    Schema reserved =
        Schema.builder().addFields(ROWS.getFields()).addDateTimeField("known_at").build();
    assertRefused(
        () -> FeatureView.named("s", 1).of(reserved).by("customer").at("as_of"),
        "view s_v1: no field may be called known_at: the history has such a column");
    assertRefused(
        () -> view().withTimeToLive(Duration.millis(999)),
        "view spending_v2: a time to live is 1 second or more, not PT0.999S");
    assertRefused(
        () -> view().withBucket(Duration.ZERO),
        "view spending_v2: a bucket is 1 second or more, not PT0S");
  }

  private static void assertRefused(ThrowingCallable what, String message) {
    assertThatThrownBy(what).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
