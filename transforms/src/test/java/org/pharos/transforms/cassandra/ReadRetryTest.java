package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ReadRetryTest {
  private final ReadRetry retry =
      new ReadRetry(
          "reading",
          "ks.t",
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 5),
          new ReadMetrics());

  @Test
  void a_request_that_times_out_is_repeated_a_bounded_number_of_times() {
    Throwable timeout = new ExecutionException(new DriverTimeoutException("Query timed out"));

    assertThat(retry.delayOrGiveUp(timeout, 4)).isLessThanOrEqualTo(Duration.ofMillis(2));
    assertThatThrownBy(() -> retry.delayOrGiveUp(timeout, 5))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("reading (5 attempts) failed at ks.t: Query timed out");
  }

  @Test
  void a_cluster_that_cannot_be_reached_is_waited_for_three_times_as_long() {
    Throwable away = new ExecutionException(new NoNodeAvailableException());

    assertThat(retry.delayOrGiveUp(away, 14)).isLessThanOrEqualTo(Duration.ofMillis(2));
    assertThatThrownBy(() -> retry.delayOrGiveUp(away, 15))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("reading (15 attempts) failed at ks.t: ")
        .hasMessageEndingWith("No node can be reached: look whether the cluster is up");
  }
}
