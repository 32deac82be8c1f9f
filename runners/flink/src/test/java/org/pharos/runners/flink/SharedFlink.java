package org.pharos.runners.flink;

import java.nio.file.Path;
import org.pharos.local.LocalFlink;

/** One Flink cluster for all tests of a JVM, which ends with it and leaves its logs. */
final class SharedFlink {
  static final LocalFlink CLUSTER =
      LocalFlink.builder().slots(2).directory(Path.of("target", "flink-cluster")).start();

  /** The jar that jobs bring along. */
  static final String JAR = String.valueOf(System.getProperty("pharos.cluster.jar"));

  private SharedFlink() {}
}
