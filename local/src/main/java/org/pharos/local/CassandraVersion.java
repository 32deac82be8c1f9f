package org.pharos.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the server, as in {@code 5.0.9}: 4.0 or later. */
record CassandraVersion(int major, int minor, String text) {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)([.-].+)?");

  /**
   * The version named by the system property {@code pharos.cassandra.version}, or the one that this
   * build was made with.
   */
  static CassandraVersion ofThisProcess() {
    return parse(BuiltWith.version("cassandra"));
  }

  static CassandraVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 4) {
      throw new IllegalArgumentException(
          "Cassandra version "
              + text
              + ": use 4.0 or later, in full, as in 5.0.9, 4.1.10 or 4.0.19");
    }
    return new CassandraVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), text);
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
