package org.pharos.pipelines.jobs;

import java.util.List;

/**
 * A runner as the launcher sees it: what it is called and what it wants among the arguments. The
 * runner's own classes stay in its module.
 *
 * @param name what it is called on the command line, such as {@code direct}
 * @param first arguments that go before the user's, {@code --runner=...} first of all; one that the
 *     user gives too gives way
 * @param note a line to print before a job, such as how often it restarts; may be empty
 * @param cluster what jobs may be submitted to
 */
public record Voice(String name, List<String> first, String note, Cluster cluster) {
  public Voice {
    first = List.copyOf(first);
  }
}
