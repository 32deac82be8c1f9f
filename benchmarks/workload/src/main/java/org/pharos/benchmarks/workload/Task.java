package org.pharos.benchmarks.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a peer's process is told to do, on its command line.
 *
 * @param rows of the table
 * @param keys to look up, or requests to serve; 0 for other jobs
 * @param runner that peers on Beam run on
 * @param contactPoint host:port of the server
 * @param file what a peer that works on files reads or writes; may be empty
 */
public record Task(
    Job job,
    Shape shape,
    Order order,
    long rows,
    long keys,
    String runner,
    String contactPoint,
    String datacenter,
    String file) {

  /** How many threads or slots a peer has for its work. */
  public static final int PARALLELISM = 2;

  /** The rows of this task. */
  public Data data() {
    return new Data(shape, rows, order);
  }

  /** Rows or keys: how many units of work there are. */
  public long units() {
    return job == Job.LOOKUP || job.serves() ? keys : rows;
  }

  /** How many rows a correct peer sees, or writes. */
  public long expectedRows() {
    return switch (job) {
      case LOOKUP -> keys * Data.ROWS_A_PARTITION;
      case FEATURES, JOIN -> rows / Data.ROWS_A_PARTITION;
      case SERVE_VIEWS, SERVE_ENTITIES -> keys * Serving.of(job).rowsARequest();
      case WRITE, SCAN, COUNT -> rows;
    };
  }

  /** The server's host. */
  public String host() {
    return contactPoint.substring(0, contactPoint.lastIndexOf(':'));
  }

  /** The server's port. */
  public int port() {
    return Integer.parseInt(contactPoint.substring(contactPoint.lastIndexOf(':') + 1));
  }

  /** The command line that {@link #parse} understands. */
  public List<String> arguments() {
    return List.of(
        "job=" + job,
        "shape=" + shape,
        "order=" + order,
        "rows=" + rows,
        "keys=" + keys,
        "runner=" + runner,
        "contactPoint=" + contactPoint,
        "datacenter=" + datacenter,
        "file=" + file);
  }

  /** The task of a process. */
  public static Task parse(String... arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      given.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new Task(
        Job.valueOf(upper(given, "job")),
        Shape.valueOf(upper(given, "shape")),
        Order.valueOf(upper(given, "order")),
        Long.parseLong(value(given, "rows")),
        Long.parseLong(value(given, "keys")),
        value(given, "runner"),
        value(given, "contactPoint"),
        value(given, "datacenter"),
        value(given, "file"));
  }

  private static String upper(Map<String, String> given, String name) {
    return value(given, name).toUpperCase(Locale.ROOT);
  }

  private static String value(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a task needs " + name + ", and there is only " + given);
    }
    return value;
  }
}
