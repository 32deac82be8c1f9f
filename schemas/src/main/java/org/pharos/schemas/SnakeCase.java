package org.pharos.schemas;

import java.util.Locale;
import java.util.regex.Pattern;

/** Java's names as columns are named: {@code boughtAt} is bought_at, {@code pageURL} page_url. */
final class SnakeCase {
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private SnakeCase() {}

  static String of(String javaName) {
    return WORD_START.matcher(javaName).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
