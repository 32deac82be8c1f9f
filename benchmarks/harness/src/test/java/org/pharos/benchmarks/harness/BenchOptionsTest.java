package org.pharos.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Order;
import org.pharos.benchmarks.workload.Shape;

class BenchOptionsTest {
  @Test
  void a_job_alone_compares_a_million_rows_of_all_peers_five_times() {
    assertThat(BenchOptions.parse("write"))
        .contains(
            new BenchOptions(
                Job.WRITE,
                List.of(PeerProgram.values()),
                "flink",
                1_000_000,
                100_000,
                5,
                Shape.NARROW,
                Order.CLUSTERED,
                Optional.empty()));
  }

  @Test
  void each_option_is_taken() {
    assertThat(
            BenchOptions.parse(
                "lookup",
                "--peers=driver,pharos",
                "--runner=direct",
                "--rows=20005",
                "--keys=300",
                "--rounds=2",
                "--shape=text",
                "--order=shuffled",
                "--json=a/b.json"))
        .contains(
            new BenchOptions(
                Job.LOOKUP,
                List.of(PeerProgram.DRIVER, PeerProgram.PHAROS),
                "direct",
                20_000,
                300,
                2,
                Shape.TEXT,
                Order.SHUFFLED,
                Optional.of(Path.of("a/b.json"))));
  }

  @Test
  void those_who_cannot_do_a_job_are_not_asked() {
    assertThat(peers("count")).containsExactly("pharos", "driver", "cassandraio", "spark");
    assertThat(peers("write", "--shape=text"))
        .containsExactly("pharos", "bulk", "grouped", "driver", "cassandraio");
    assertThat(peers("features")).containsExactly("pharos", "spark");
    assertThat(peers("serve_views")).containsExactly("pharos", "driver");
    assertThat(peers("scan", "--shape=vector")).containsExactly("pharos", "driver");
  }

  private static List<String> peers(String... arguments) {
    return BenchOptions.parse(arguments).orElseThrow().peers().stream()
        .map(PeerProgram::toString)
        .toList();
  }

  @Test
  void help_is_no_comparison() {
    assertThat(BenchOptions.parse("scan", "--help")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
delete             | the job=delete is not allowed; allowed: write, scan, lookup, count, features, join, serve_views, serve_entities
scan --peers=a     | --peers=a is not allowed; allowed: pharos, bulk, grouped, driver, cassandraio, dsbulk, spark
scan --runner=spark| --runner=spark is not allowed; allowed: flink, direct
scan --rows=10     | --rows=10 is not allowed; allowed: a number from 1000 to 1000000000
scan --rounds=x    | --rounds=x is not allowed; allowed: a number from 1 to 100
scan --shape=big   | --shape=big is not allowed; allowed: narrow, wide, text, vector, collections
scan --order=up    | --order=up is not allowed; allowed: clustered, shuffled
scan --fast        | --fast is not an option; allowed: --peers, --runner, --rows, --keys, --rounds, --shape, --order, --json, --help
lookup --rows=1000 --keys=101 | --keys=101 is not allowed; allowed: a number from 1 to 100, the partitions of 1000 rows
count --peers=dsbulk | --peers=dsbulk is not allowed: dsbulk has no count of narrow rows; allowed: pharos, driver, cassandraio, spark
""")
  void what_is_wrong_is_named_with_what_is_allowed(String arguments, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchOptions.parse(arguments.split(" ")))
        .withMessage(message);
  }

  @Test
  void no_job_is_wrong_too() {
    assertThatIllegalArgumentException()
        .isThrownBy(BenchOptions::parse)
        .withMessage(
            "a job is needed: write, scan, lookup, count, features, join, serve_views,"
                + " serve_entities");
  }
}
