package org.pharos.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of servers that this build was made with; a system property names others. */
final class BuiltWith {
  private BuiltWith() {}

  /**
   * The version of a server.
   *
   * @param server such as {@code kafka}; the property is {@code pharos.kafka.version}
   */
  static String version(String server) {
    String named = System.getProperty("pharos." + server + ".version");
    return named == null || named.isBlank() ? built(server + ".version") : named;
  }

  private static String built(String property) {
    try (InputStream in = BuiltWith.class.getResourceAsStream("local.properties")) {
      if (in == null) {
        throw new IllegalStateException("local.properties is missing beside " + BuiltWith.class);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(property);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
