package org.pharos.local;

import java.util.List;
import java.util.stream.Stream;

/** Packages of the JDK that Flink's and Spark's serializers look into. */
final class OpenPackages {
  /** The JVM's options. */
  static final List<String> OPTIONS =
      Stream.of(
              "java.lang",
              "java.lang.reflect",
              "java.io",
              "java.net",
              "java.nio",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "sun.nio.ch",
              "sun.nio.cs",
              "sun.security.action",
              "sun.util.calendar")
          .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
          .toList();

  private OpenPackages() {}
}
