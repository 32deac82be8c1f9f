package org.pharos.pipelines.jobs;

import java.util.List;

/**
 * How a runner takes pipelines without an end.
 *
 * @param first arguments that go before the user's for such a pipeline, in place of those of {@link
 *     Voice} that set the same
 * @param note a line to print before such a job; may be empty
 * @param refusal why the runner does not take them; empty if it does
 */
public record Streaming(List<String> first, String note, String refusal) {
  public Streaming {
    first = List.copyOf(first);
  }

  /** The runner takes them as it takes others. */
  public static final Streaming AS_OTHERS = with(List.of(), "");

  /** The runner takes them, with these arguments. */
  public static Streaming with(List<String> first, String note) {
    return new Streaming(first, note, "");
  }

  /** The runner does not take them. */
  public static Streaming refused(String why) {
    return new Streaming(List.of(), "", why);
  }

  /** Whether one of the arguments sets the same option as this one. */
  boolean gives(String argument) {
    String option = argument.substring(0, argument.indexOf('=') + 1);
    return first.stream().anyMatch(each -> each.startsWith(option));
  }
}
