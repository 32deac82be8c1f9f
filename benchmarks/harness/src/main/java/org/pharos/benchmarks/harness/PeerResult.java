package org.pharos.benchmarks.harness;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.pharos.benchmarks.workload.Outcome;

/**
 * The runs of one peer that count, summed up.
 *
 * @param units rows or keys of a run
 * @param rate units a second in the steady phase
 * @param startSeconds before and after the steady phase
 * @param clientCpuSeconds of a whole run
 * @param steadyCpuPerMillion client CPU seconds of the steady phase for a million units
 * @param serverCpuSeconds of a whole run
 * @param problem of the first run that does not count, if there is one
 */
record PeerResult(
    PeerProgram peer,
    long units,
    int runs,
    Spread rate,
    Spread startSeconds,
    Spread clientCpuSeconds,
    Spread steadyCpuPerMillion,
    Spread serverCpuSeconds,
    Spread peakMegabytes,
    Spread p50Millis,
    Spread p99Millis,
    Optional<String> problem) {

  static PeerResult of(PeerProgram peer, List<Run> all) {
    List<Run> runs = all.stream().filter(Run::counts).toList();
    return new PeerResult(
        peer,
        all.isEmpty() ? 0 : all.get(0).units(),
        runs.size(),
        spread(runs, (run, outcome) -> run.units() / outcome.steadySeconds()),
        spread(runs, (run, outcome) -> outcome.seconds() - outcome.steadySeconds()),
        spread(runs, (run, outcome) -> outcome.cpuSeconds()),
        spread(runs, (run, outcome) -> outcome.steadyCpuSeconds() * 1e6 / run.units()),
        spread(runs, (run, outcome) -> run.serverCpuSeconds()),
        spread(runs, (run, outcome) -> outcome.peakMegabytes()),
        spread(runs, (run, outcome) -> outcome.p50Millis()),
        spread(runs, (run, outcome) -> outcome.p99Millis()),
        all.stream().flatMap(run -> run.problem().stream()).findFirst());
  }

  /** Whether its requests were timed one by one. */
  boolean timed() {
    return p50Millis.median() > 0;
  }

  /** Server CPU seconds for a million units. */
  double serverCpuPerMillion() {
    return serverCpuSeconds.median() * 1e6 / units;
  }

  private static Spread spread(List<Run> runs, ToDoubleBiFunction<Run, Outcome> figure) {
    return Spread.of(
        runs.stream()
            .flatMapToDouble(
                run ->
                    run.outcome().stream()
                        .mapToDouble(outcome -> figure.applyAsDouble(run, outcome)))
            .toArray());
  }
}
