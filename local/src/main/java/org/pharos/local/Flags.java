package org.pharos.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of the form {@code --name=value} or {@code --name}, in any order. */
final class Flags {
  private static final String HELP = "--help";

  private final Map<String, String> values;

  private Flags(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Empty when help is asked for.
   *
   * @param allowed the names, with their dashes, but for that of help
   * @throws IllegalArgumentException naming the argument and what is allowed
   */
  static Optional<Flags> parse(List<String> allowed, String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (name.equals(HELP) || name.equals("-h")) {
        return Optional.empty();
      }
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(
            argument + " is not an option; allowed: " + String.join(", ", allowed) + ", " + HELP);
      }
      values.put(name, equals < 0 ? "" : argument.substring(equals + 1));
    }
    return Optional.of(new Flags(values));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The text of a flag, if it is given. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * A number, or what stands for none.
   *
   * @throws IllegalArgumentException naming it and what is allowed
   */
  int number(String name, int otherwise, int least, int most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new IllegalArgumentException(
        "%s=%s is not allowed; allowed: a number from %d to %d"
            .formatted(name, value, least, most));
  }

  /** A path, if it is given. */
  Optional<Path> path(String name, String example) {
    String value = values.get(name);
    if (value != null && value.isBlank()) {
      throw new IllegalArgumentException(
          "%s= needs a path, as in %s=%s".formatted(name, name, example));
    }
    return Optional.ofNullable(value).map(Path::of);
  }
}
