package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.cassandra.SizeEstimates.Estimate;

class SizeEstimatesTest {

  @Test
  void sums_what_lies_in_a_span_and_takes_parts_of_estimates_in_proportion() {
    SizeEstimates estimates =
        SizeEstimates.of(
            List.of(
                new Estimate(new TokenSpan(100, 200), 50),
                new Estimate(new TokenSpan(0, 100), 1000)));
    assertThat(estimates.bytesIn(new TokenSpan(0, 200))).isCloseTo(1050, within(1e-6));
    assertThat(estimates.bytesIn(new TokenSpan(90, 120))).isCloseTo(110, within(1e-6));
  }

  @Test
  void tokens_of_a_node_that_did_not_answer_are_as_dense_as_the_others() {
    SizeEstimates estimates = SizeEstimates.of(List.of(new Estimate(new TokenSpan(0, 100), 300)));
    assertThat(estimates.bytesIn(new TokenSpan(50, 150))).isCloseTo(300, within(1e-6));
  }

  @Test
  void tokens_that_two_nodes_speak_for_count_once() {
    SizeEstimates estimates =
        SizeEstimates.of(
            List.of(
                new Estimate(new TokenSpan(0, 100), 300),
                new Estimate(new TokenSpan(50, 150), 300)));
    assertThat(estimates.bytesIn(new TokenSpan(0, 150))).isCloseTo(450, within(1e-6));
  }

  @Test
  void no_estimate_is_no_bytes() {
    assertThat(SizeEstimates.of(List.of()).bytesIn(TokenSpan.RING)).isZero();
  }
}
