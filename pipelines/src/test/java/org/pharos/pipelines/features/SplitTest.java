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
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class SplitTest {
  private static final Schema ROWS =
      Schema.builder().addNullableField("customer", FieldType.INT64).addDateTimeField("at").build();

  private static Row row(Long customer, long at) {
    return Row.withSchema(ROWS).addValues(customer, Instant.ofEpochMilli(at)).build();
  }

  @Test
  void entities_are_parted_as_told_and_all_rows_of_one_are_together() {
    Split split = Split.parse("70/20/10", List.of("customer"));
    Map<String, Integer> counts = new HashMap<>();
    for (long customer = 0; customer < 10_000; customer++) {
      String set = split.of(row(customer, 0));
      assertThat(split.of(row(customer, customer))).isEqualTo(set);
      counts.merge(set, 1, Integer::sum);
    }
    assertThat(counts.get("train")).isBetween(6_800, 7_200);
    assertThat(counts.get("validation")).isBetween(1_850, 2_150);
    assertThat(counts.get("test")).isBetween(850, 1_150);
    assertThat(split.of(row(null, 0))).isEqualTo("train");
  }

  @Test
  void percents_that_make_no_hundred_are_refused() {
    for (String wrong : List.of("80/10", "80/10/20", "a/b/c", "100", "101/0/0")) {
      assertThatThrownBy(() -> assertThat(Split.parse(wrong, List.of())).isNull())
          .isInstanceOf(BadOption.class)
          .hasMessage(
              "--split=" + wrong + ": three percents that make 100 are allowed, such as 80/10/10");
    }
  }
}
