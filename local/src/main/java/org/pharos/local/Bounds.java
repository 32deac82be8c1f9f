package org.pharos.local;

/** Checks of what builders are given. */
final class Bounds {
  private Bounds() {}

  /**
   * The value.
   *
   * @throws IllegalArgumentException naming it and what is allowed, if it is not
   */
  static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; allowed: %d to %d".formatted(name, value, least, most));
    }
    return value;
  }
}
