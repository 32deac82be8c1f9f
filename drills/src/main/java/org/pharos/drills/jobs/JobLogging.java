package org.pharos.drills.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** What a job's JVM logs: warnings. Made by {@code java.util.logging}, as it starts. */
public final class JobLogging {

  /** Configures the logging of this JVM. */
  public JobLogging() {
    try (InputStream properties = JobLogging.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(properties);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read logging.properties", e);
    }
  }
}
