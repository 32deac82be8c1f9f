package org.pharos.pipelines.jobs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that did not end well: the end of a launcher with exit code 1. */
public final class JobFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure in one sentence. */
  public JobFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Says why a job failed in one line: the innermost causes that speak, without the wrappers. */
  static JobFailed because(String title, Throwable failure) {
    List<String> told = new ArrayList<>();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = each.getMessage();
      if (message != null && !message.isBlank() && !isWrapper(each)) {
        told.removeIf(outer -> outer.contains(message));
        told.add(describe(each, message));
      }
    }
    String why =
        told.isEmpty()
            ? failure.getClass().getSimpleName()
            : String.join("; ", told.subList(Math.max(0, told.size() - 2), told.size()));
    return new JobFailed(title + " failed: " + why, failure);
  }

  /** What the runner says of its own doings around what happened. */
  private static boolean isWrapper(Throwable failure) {
    return failure.getCause() != null
        && (failure.getClass().getName().startsWith("org.apache.flink.")
            || "Pipeline execution failed".equals(failure.getMessage()));
  }

  private static String describe(Throwable failure, String message) {
    boolean ours = failure.getClass().getName().startsWith("org.pharos.");
    return ours ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
