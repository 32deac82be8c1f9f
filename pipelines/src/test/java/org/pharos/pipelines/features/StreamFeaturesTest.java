package org.pharos.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class StreamFeaturesTest {

  private static StreamFeatures.Options options(@Nullable String until) {
    StreamFeatures.Options options =
        PipelineOptionsFactory.create().as(StreamFeatures.Options.class);
    options.setEvery("1h");
    options.setEventsUntil(until);
    return options;
  }

  @Test
  void a_time_until_which_events_are_in_the_table_is_the_end_of_a_tile_that_has_passed() {
    assertThat(StreamFeatures.eventsUntil(options("2026-03-14T12:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-14T12:00:00Z"));
    assertThat(StreamFeatures.eventsUntil(options(null))).isNull();
    assertRefused("2026-03-14T12:30:00Z", "one time that is a multiple of --every is allowed");
    assertRefused(
        "2026-03-14T12:00:00Z,2026-03-14T13:00:00Z",
        "one time that is a multiple of --every is allowed");
    assertRefused("2926-03-14T12:00:00Z", "times until now are allowed");
    assertRefused("noon", "times in ISO-8601");
  }

  private static void assertRefused(String until, String allowed) {
    assertThatThrownBy(() -> StreamFeatures.eventsUntil(options(until)))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith("--eventsUntil=" + until + ": " + allowed);
  }
}
