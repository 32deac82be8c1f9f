package org.pharos.pipelines;

/**
 * An option that cannot be: thrown before anything starts, and the end of a launcher with exit code
 * 2.
 */
public final class BadOption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An option, the value that it has and what it may be.
   *
   * @param option its name, without dashes
   * @param value what was given; the empty text if nothing was
   * @param allowed what is allowed, as a sentence without its full stop
   */
  public BadOption(String option, String value, String allowed) {
    super("--" + option + (value.isEmpty() ? "" : "=" + value) + ": " + allowed);
  }

  /** Arguments that are wrong as a whole. */
  public BadOption(String message) {
    super(message);
  }
}
