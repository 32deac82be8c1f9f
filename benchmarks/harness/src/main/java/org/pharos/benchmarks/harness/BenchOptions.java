package org.pharos.benchmarks.harness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Order;
import org.pharos.benchmarks.workload.Serving;
import org.pharos.benchmarks.workload.Shape;

/**
 * What to compare.
 *
 * @param keys to look up; those of all partitions unless given
 */
record BenchOptions(
    Job job,
    List<PeerProgram> peers,
    String runner,
    long rows,
    long keys,
    int rounds,
    Shape shape,
    Order order,
    Optional<Path> json) {

  static final String HELP =
      """
Compares ways to work with Cassandra side by side: ./pharos bench JOB [--option=value ...]

  write           rows into an empty table
  scan            all rows out of a table
  lookup          the ten rows of each of many partitions, by key
  count           the number of rows of a table
  features        sums, means and so on of each partition, out of all rows of a table
  join            features as they were known at a time for each partition, out of all rows
  serve_views     features of ten views for one entity, a request
  serve_entities  features of one view for a hundred entities, a request
  micro           the hot pieces alone, by JMH; further arguments are JMH's

  --peers=LIST    of pharos, bulk (our bulk loads), grouped (our writes after a shuffle),
                  driver, cassandraio, dsbulk, spark (default: all that can do it)
  --runner=NAME   flink or direct, for peers on Beam (default flink: embedded, parallelism 2)
  --rows=N        of the table: 10 to a partition, 1000 to 1000000000 (default 1000000)
  --keys=N        to look up (default: one of each partition; cassandraio: 5000 at most),
                  or requests to serve (default: for 200000 rows)
  --rounds=N      of measuring, after one to warm up: 1 to 100 (default 5)
  --shape=NAME    narrow, wide (50 columns), text (1 KB), vector (384 floats), collections
  --order=NAME    clustered or shuffled: in which order rows or keys come (default clustered)
  --json=FILE     the medians, as a list of objects
  --help          this text

Each run is a JVM of its own against one local server, in turn over the peers, and its rows are
checked. Rates and their CPU are of the steady phase, from the first row to the last; the start
of JVM and runner is told apart. A comparison of at least 5 rounds of 1000000 rows
replaces its part of benchmarks/RESULTS.md.
Exit codes: 0 done, 1 a run failed or lost rows, 2 bad arguments.
""";

  /** Unless told otherwise, requests are about so many rows. */
  private static final long SERVED_ROWS = 200_000;

  private static final Set<String> KNOWN =
      new LinkedHashSet<>(
          List.of(
              "--peers",
              "--runner",
              "--rows",
              "--keys",
              "--rounds",
              "--shape",
              "--order",
              "--json"));

  /**
   * Empty when help is asked for.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  static Optional<BenchOptions> parse(String... arguments) {
    if (Arrays.asList(arguments).contains("--help") || Arrays.asList(arguments).contains("-h")) {
      return Optional.empty();
    }
    if (arguments.length == 0) {
      throw new IllegalArgumentException("a job is needed: " + names(Job.values()));
    }
    Job job = constant("the job", arguments[0], Job.values());
    List<PeerProgram> peers = List.of();
    String runner = "flink";
    long rows = 1_000_000;
    long keys = 0;
    int rounds = 5;
    Shape shape = Shape.NARROW;
    Order order = Order.CLUSTERED;
    Optional<Path> json = Optional.empty();
    for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      switch (name) {
        case "--peers" -> peers = peers(value);
        case "--runner" -> runner = runner(value);
        case "--rows" -> rows = number(name, value, 1000, 1_000_000_000);
        case "--keys" -> keys = number(name, value, 1, 1_000_000_000);
        case "--rounds" -> rounds = (int) number(name, value, 1, 100);
        case "--shape" -> shape = constant(name, value, Shape.values());
        case "--order" -> order = constant(name, value, Order.values());
        case "--json" -> json = Optional.of(path(value));
        default ->
            throw new IllegalArgumentException(
                argument + " is not an option; allowed: " + String.join(", ", KNOWN) + ", --help");
      }
    }
    rows -= rows % Data.ROWS_A_PARTITION;
    long partitions = rows / Data.ROWS_A_PARTITION;
    if (keys > partitions && !job.serves()) {
      throw new IllegalArgumentException(
          "--keys=%d is not allowed; allowed: a number from 1 to %d, the partitions of %d rows"
              .formatted(keys, partitions, rows));
    }
    return Optional.of(
        new BenchOptions(
            job,
            able(peers, job, shape),
            runner,
            rows,
            keys != 0
                ? keys
                : job.serves() ? SERVED_ROWS / Serving.of(job).rowsARequest() : partitions,
            rounds,
            shape,
            order,
            json));
  }

  private static List<PeerProgram> able(List<PeerProgram> wanted, Job job, Shape shape) {
    if (wanted.isEmpty()) {
      return Arrays.stream(PeerProgram.values()).filter(peer -> peer.can(job, shape)).toList();
    }
    for (PeerProgram peer : wanted) {
      if (!peer.can(job, shape)) {
        throw new IllegalArgumentException(
            "--peers=%s is not allowed: %s has no %s of %s rows; allowed: %s"
                .formatted(peer, peer, job, shape, names(able(List.of(), job, shape).toArray())));
      }
    }
    return wanted;
  }

  private static List<PeerProgram> peers(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(name -> constant("--peers", name, PeerProgram.values()))
        .distinct()
        .toList();
  }

  private static String runner(String value) {
    if (!value.equals("flink") && !value.equals("direct")) {
      throw notAllowed("--runner", value, "flink, direct");
    }
    return value;
  }

  private static <E extends Enum<E>> E constant(String option, String value, E[] all) {
    for (E each : all) {
      if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
        return each;
      }
    }
    throw notAllowed(option, value, names(all));
  }

  private static String names(Object[] all) {
    return Arrays.stream(all).map(Object::toString).collect(Collectors.joining(", "));
  }

  private static Path path(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("--json= needs a path, as in --json=results.json");
    }
    return Path.of(value);
  }

  private static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw notAllowed(name, value, "a number from " + least + " to " + most);
  }

  private static IllegalArgumentException notAllowed(String option, String value, String allowed) {
    return new IllegalArgumentException(
        "%s=%s is not allowed; allowed: %s".formatted(option, value, allowed));
  }
}
