package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.pharos.schemas.CqlType;

/** Reads a type as {@code system_schema} writes it, such as {@code map<text, frozen<"T">>}. */
final class CqlTypeText {

  private final String text;
  private final Function<String, CqlType.UserType> userTypes;
  private int next;

  private CqlTypeText(String text, Function<String, CqlType.UserType> userTypes) {
    this.text = text;
    this.userTypes = userTypes;
  }

  /**
   * The type that a text names.
   *
   * @param userTypes gives the user type, not frozen, of a name that is no type of CQL
   * @throws IllegalArgumentException if the text names no type that Pharos knows
   */
  static CqlType parse(String text, Function<String, CqlType.UserType> userTypes) {
    CqlTypeText parser = new CqlTypeText(text, userTypes);
    CqlType type = parser.type();
    if (parser.next != text.length()) {
      throw parser.unknown();
    }
    return type;
  }

  private CqlType type() {
    String name = name();
    if (name.startsWith("'")) {
      throw unknown();
    }
    if (!take('<')) {
      return named(name);
    }
    CqlType type =
        switch (name) {
          case "frozen" -> CqlType.frozen(type());
          case "list" -> CqlType.list(type());
          case "set" -> CqlType.set(type());
          case "map" -> {
            CqlType key = type();
            require(',');
            yield CqlType.map(key, type());
          }
          case "tuple" -> new CqlType.TupleOf(types());
          case "vector" -> {
            CqlType element = type();
            require(',');
            yield CqlType.vector(element, Integer.parseInt(name()));
          }
          default -> throw unknown();
        };
    require('>');
    return type;
  }

  private List<CqlType> types() {
    List<CqlType> types = new ArrayList<>();
    do {
      types.add(type());
    } while (take(','));
    return types;
  }

  private CqlType named(String name) {
    if (!name.startsWith("\"")) {
      for (CqlType.Native each : CqlType.Native.values()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
          return each;
        }
      }
      return userTypes.apply(name);
    }
    return userTypes.apply(unquoted(name));
  }

  /** A name as written in CQL, without its quotes if it has some. */
  static String unquoted(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }

  /** The next name or number, with its quotes. */
  private String name() {
    int start = next;
    if (next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '\'')) {
      char quote = text.charAt(next);
      do {
        next = text.indexOf(quote, next + 1) + 1;
        if (next == 0) {
          throw unknown();
        }
      } while (next < text.length() && text.charAt(next) == quote);
    } else {
      while (next < text.length() && isNamePart(text.charAt(next))) {
        next++;
      }
    }
    if (start == next) {
      throw unknown();
    }
    return text.substring(start, next);
  }

  private static boolean isNamePart(char each) {
    return Character.isLetterOrDigit(each) || each == '_';
  }

  private boolean take(char mark) {
    if (next >= text.length() || text.charAt(next) != mark) {
      return false;
    }
    next++;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return true;
  }

  private void require(char mark) {
    if (!take(mark)) {
      throw unknown();
    }
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("type " + text + " is none that Pharos knows");
  }
}
