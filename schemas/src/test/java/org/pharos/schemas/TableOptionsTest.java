package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.beam.sdk.util.SerializableUtils;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class TableOptionsTest {

  @Test
  void is_a_value_whatever_the_order_of_calls() {
    TableOptions one = TableOptions.none().withComment("c").with("gc_grace_seconds", 60);
    TableOptions other =
        TableOptions.none().withGcGrace(Duration.standardMinutes(1)).withComment("c");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(SerializableUtils.ensureSerializable(one)).isEqualTo(other);
    assertThat(one).hasToString("comment = 'c' AND gc_grace_seconds = 60");
    assertThat(one.asMap())
        .isEqualTo(Map.of("comment", "c", "gc_grace_seconds", new BigDecimal("60")));
  }

  @Test
  void later_values_replace_earlier_ones() {
    assertThat(TableOptions.none().withComment("a").withComment("b"))
        .isEqualTo(TableOptions.none().withComment("b"));
  }

  @Test
  void time_windows_take_the_largest_unit() {
    assertThat(window(Duration.standardDays(2)))
        .containsEntry("compaction_window_unit", "DAYS")
        .containsEntry("compaction_window_size", "2");
    assertThat(window(Duration.standardHours(36)))
        .containsEntry("compaction_window_unit", "HOURS")
        .containsEntry("compaction_window_size", "36");
    assertThat(window(Duration.standardMinutes(90)))
        .containsEntry("compaction_window_unit", "MINUTES")
        .containsEntry("compaction_window_size", "90");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> window(Duration.standardSeconds(90)))
        .withMessage("a compaction window is a whole number of minutes, not PT90S");
  }

  @SuppressWarnings("unchecked") // the value of a map option
  private static Map<String, String> window(Duration window) {
    return (Map<String, String>)
        TableOptions.none().withTimeWindowCompaction(window).asMap().get("compaction");
  }

  @Test
  void refuses_what_is_no_option() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableOptions.none().with("a = 1 AND b", 2))
        .withMessage("not the name of a table option: a = 1 AND b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableOptions.none().with("comment", new Object()))
        .withMessage(
            "table option comment takes text, a number, a boolean or a map, not java.lang.Object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableOptions.none().withGcGrace(Duration.standardSeconds(-1)))
        .withMessage("gc grace is 0 to 2147483647 seconds, not -1");
  }
}
