package org.pharos.local;

import java.nio.file.Path;

/** The logging of servers whose artifacts bring none: to their terminal, which is a file. */
final class ConsoleLogging {
  /** What joins a server's class path. */
  static final String ARTIFACT = "org.slf4j:slf4j-jdk14:" + BuiltWith.version("server.slf4j");

  private ConsoleLogging() {}

  /** The JVM's option, for a file that is written into a directory. */
  static String option(Path configuration) {
    Path file = configuration.resolve("logging.properties");
    Directories.write(
        file,
        """
        handlers=java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level=ALL
        java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format=%1$tF %1$tT,%1$tL %4$s %3$s %5$s%6$s%n
        .level=INFO
        """);
    return "-Djava.util.logging.config.file=" + file;
  }
}
