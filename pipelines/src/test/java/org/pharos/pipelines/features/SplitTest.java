package org.pharos.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class SplitTest {
  private static final Schema ROWS =
      Schema.builder()
          .addNullableField("customer", FieldType.INT64)
          .addNullableField("at", FieldType.DATETIME)
          .build();

  private static Row row(@Nullable Long customer, @Nullable Instant at) {
    return Row.withSchema(ROWS).addValues(customer, at).build();
  }

  private static Split parse(String text) {
    return Split.parse(text, List.of("customer"), "at");
  }

  @Test
  void entities_are_parted_as_told_and_all_rows_of_one_are_together() {
    Split split = parse("70/20/10");
    Map<String, Integer> counts = new HashMap<>();
    for (long customer = 0; customer < 10_000; customer++) {
      String set = split.of(row(customer, Instant.EPOCH));
      assertThat(split.of(row(customer, Instant.ofEpochMilli(customer)))).isEqualTo(set);
      counts.merge(set, 1, Integer::sum);
    }
    assertThat(counts.get("train")).isBetween(6_800, 7_200);
    assertThat(counts.get("validation")).isBetween(1_850, 2_150);
    assertThat(counts.get("test")).isBetween(850, 1_150);
    assertThat(split.of(row(null, Instant.EPOCH))).isEqualTo("train");
  }

  @Test
  void times_part_what_came_before_from_what_came_after() {
    Split split = parse("2026-03-01T00:00:00Z/2026-04-01T00:00:00Z");
    assertThat(List.of("2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"))
        .extracting(time -> split.of(row(1L, Instant.parse(time))))
        .containsExactly("train", "validation", "test");
    assertThat(split.of(row(1L, null))).isEqualTo("train");
    assertThat(split.fields()).containsExactly("at");
  }

  @Test
  void what_is_neither_percents_nor_times_is_refused() {
    for (String wrong :
        List.of(
            "80/10",
            "80/10/20",
            "a/b/c",
            "100",
            "101/0/0",
            "2026-03-01T00:00:00Z",
            "2026-04-01T00:00:00Z/2026-03-01T00:00:00Z",
            "2026-03-01T00:00/2026-04-01T00:00")) {
      assertThatThrownBy(() -> assertThat(parse(wrong)).isNull())
          .isInstanceOf(BadOption.class)
          .hasMessageStartingWith(
              "--split=" + wrong + ": three percents that make 100 are allowed, such as 80/10/10,");
    }
  }
}
