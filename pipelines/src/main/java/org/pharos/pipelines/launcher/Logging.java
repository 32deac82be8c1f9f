package org.pharos.pipelines.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** What a launched program logs: warnings, unless the user configured {@code java.util.logging}. */
final class Logging {
  private static final String CONFIGURED = "java.util.logging.config.file";

  private Logging() {}

  static void configure() {
    if (System.getProperty(CONFIGURED) != null) {
      return;
    }
    try (InputStream properties = Logging.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(properties);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read logging.properties", e);
    }
  }
}
