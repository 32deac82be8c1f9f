package org.pharos.pipelines.jobs;

import java.util.List;
import java.util.stream.Stream;
import org.pharos.pipelines.BadOption;

/**
 * A runner as the launcher sees it: what it is called and what it wants among the arguments. The
 * runner's own classes stay in its module.
 *
 * @param name what it is called on the command line, such as {@code direct}
 * @param first arguments that go before the user's, {@code --runner=...} first of all; one that the
 *     user gives too gives way
 * @param note a line to print before a job, such as how often it restarts; may be empty
 * @param streaming how it takes pipelines without an end
 * @param cluster what jobs may be submitted to
 */
public record Voice(
    String name, List<String> first, String note, Streaming streaming, Cluster cluster) {
  public Voice {
    first = List.copyOf(first);
  }

  /**
   * This runner for pipelines without an end.
   *
   * @throws BadOption if it does not take them, saying why
   */
  public Voice forStreams() {
    if (!streaming.refusal().isEmpty()) {
      throw new BadOption(
          "the pipeline does not end by itself, and the "
              + name
              + " runner does not take it: "
              + streaming.refusal());
    }
    Stream<String> kept = first.stream().filter(argument -> !streaming.gives(argument));
    return new Voice(
        name,
        Stream.concat(kept, streaming.first().stream()).toList(),
        streaming.note().isEmpty() ? note : streaming.note(),
        streaming,
        cluster);
  }
}
