package org.pharos.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pharos.benchmarks.workload.Outcome;

class ResultsTest {
  private static final List<PeerResult> RESULTS =
      List.of(
          PeerResult.of(
              PeerProgram.PHAROS,
              List.of(
                  run(PeerProgram.PHAROS, 2, 3),
                  run(PeerProgram.PHAROS, 1, 2),
                  run(PeerProgram.PHAROS, 4, 5))),
          PeerResult.of(PeerProgram.DRIVER, List.of(run(PeerProgram.DRIVER, 1, 1.5))),
          PeerResult.of(
              PeerProgram.SPARK,
              List.of(
                  new Run(
                      PeerProgram.SPARK, 1000, Optional.empty(), 1, Optional.of("it \"died\"")))));

  private static Run run(PeerProgram peer, double steady, double seconds) {
    return new Run(
        peer,
        1000,
        Optional.of(new Outcome(1000, 7, seconds, steady, 3, 2, 400, 0, 0)),
        0.5,
        Optional.empty());
  }

  @Test
  void the_table_has_medians_spread_and_ratios_and_says_who_failed() {
    assertThat(MarkdownTable.of("rows", RESULTS))
        .isEqualTo(
            """
| peer | runs | rows/s | least-most | client CPU s/M steady | client CPU s/M all | server CPU s/M | start s | peak MB | x pharos | x driver | x spark |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| pharos | 3 | 500 | 250-1,000 | 2000.0 | 3000.0 | 500.0 | 1.0 | 400 | 1.00 | 0.50 | - |
| driver | 1 | 1,000 | 1,000-1,000 | 2000.0 | 3000.0 | 500.0 | 0.5 | 400 | 2.00 | 1.00 | - |
| spark | 0 (failed) | - | --- | - | - | - | - | - | - | - | - |

spark failed: it "died"
""");
  }

  @Test
  void the_json_has_medians_and_null_where_there_are_none() {
    BenchOptions options = BenchOptions.parse("write", "--rows=1000").orElseThrow();
    assertThat(JsonList.of(options, RESULTS))
        .isEqualTo(
            """
[
  {"job": "write", "peer": "pharos", "runner": "flink", "shape": "narrow", "order": "clustered", "unit": "rows", "rows": 1000, "runs": 3, "rowsPerSecond": 500.000, "leastRowsPerSecond": 250.000, "mostRowsPerSecond": 1000.000, "startSeconds": 1.000, "clientCpuSeconds": 3.000, "steadyClientCpuSecondsPerMillion": 2000.000, "serverCpuSeconds": 0.500, "peakMegabytes": 400.000, "ratioToDriver": 0.500, "problem": null},
  {"job": "write", "peer": "driver", "runner": null, "shape": "narrow", "order": "clustered", "unit": "rows", "rows": 1000, "runs": 1, "rowsPerSecond": 1000.000, "leastRowsPerSecond": 1000.000, "mostRowsPerSecond": 1000.000, "startSeconds": 0.500, "clientCpuSeconds": 3.000, "steadyClientCpuSecondsPerMillion": 2000.000, "serverCpuSeconds": 0.500, "peakMegabytes": 400.000, "ratioToDriver": 1.000, "problem": null},
  {"job": "write", "peer": "spark", "runner": null, "shape": "narrow", "order": "clustered", "unit": "rows", "rows": 1000, "runs": 0, "rowsPerSecond": null, "leastRowsPerSecond": null, "mostRowsPerSecond": null, "startSeconds": null, "clientCpuSeconds": null, "steadyClientCpuSecondsPerMillion": null, "serverCpuSeconds": null, "peakMegabytes": null, "ratioToDriver": null, "problem": "it \\"died\\""}
]
""");
  }

  @Test
  void a_median_is_the_middle_or_between_two() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(1, 2, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(1, 2.5, 4));
    assertThat(Spread.of()).isEqualTo(new Spread(Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void new_figures_take_the_place_of_those_of_the_same_comparison() {
    String first = ResultsFile.merge("# Results\nWhat was measured.\n", "write", "old\n");
    String second = ResultsFile.merge(first, "scan", "some");
    assertThat(ResultsFile.merge(second, "write", "new"))
        .isEqualTo(
            """
            # Results
            What was measured.

            ## write

            new

            ## scan

            some
            """);
  }
}
