package org.pharos.benchmarks.workload;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a peer's process reports at its end, in one line of its output.
 *
 * @param rows seen; for a write, sent
 * @param digest sum over the rows
 * @param seconds from the start of the JVM to the end of the work
 * @param steadySeconds from the first row to the last: without the start of JVM and runner
 * @param cpuSeconds of all threads, user and system
 * @param steadyCpuSeconds of those, what fell between the first row and the last
 * @param peakMegabytes the most memory that was resident; 0 where the system does not tell
 * @param p50Millis in which half of the requests were answered; 0 where none was timed
 * @param p99Millis in which 99 of 100 requests were answered; 0 where none was timed
 */
public record Outcome(
    long rows,
    long digest,
    double seconds,
    double steadySeconds,
    double cpuSeconds,
    double steadyCpuSeconds,
    double peakMegabytes,
    double p50Millis,
    double p99Millis) {

  private static final String MARK = "BENCHMARK-OUTCOME ";

  /** The line that {@link #find} finds. */
  public String line() {
    return MARK
        + String.join(
            " ",
            "rows=" + rows,
            "digest=" + digest,
            "seconds=" + seconds,
            "steadySeconds=" + steadySeconds,
            "cpuSeconds=" + cpuSeconds,
            "steadyCpuSeconds=" + steadyCpuSeconds,
            "peakMegabytes=" + peakMegabytes,
            "p50Millis=" + p50Millis,
            "p99Millis=" + p99Millis);
  }

  /** The outcome in a process's output, if it got that far. */
  public static Optional<Outcome> find(String output) {
    return output.lines().filter(line -> line.startsWith(MARK)).findFirst().map(Outcome::parse);
  }

  private static Outcome parse(String line) {
    Map<String, String> values =
        Arrays.stream(line.substring(MARK.length()).split(" ", -1))
            .map(part -> part.split("=", -1))
            .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    return new Outcome(
        Long.parseLong(values.getOrDefault("rows", "")),
        Long.parseLong(values.getOrDefault("digest", "")),
        number(values, "seconds"),
        number(values, "steadySeconds"),
        number(values, "cpuSeconds"),
        number(values, "steadyCpuSeconds"),
        number(values, "peakMegabytes"),
        number(values, "p50Millis"),
        number(values, "p99Millis"));
  }

  private static double number(Map<String, String> values, String name) {
    return Double.parseDouble(values.getOrDefault(name, ""));
  }
}
