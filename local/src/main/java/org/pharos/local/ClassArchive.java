package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The classes that a server loads when it starts, laid out as the JVM has them in memory (class
 * data sharing): a JVM that finds the archive reads and verifies none of them again, which is a
 * third of the work of a start. The first server of a class path writes it, for the others.
 *
 * <p>The JVM itself makes sure that an archive fits its build and the jars as they are, and starts
 * without it otherwise.
 */
record ClassArchive(String name) {
  /** The archive of a class path of jars, there or not. */
  static ClassArchive of(List<Path> classPath) {
    StringBuilder origin = new StringBuilder();
    List.of("java.home", "java.vm.name", "java.vm.version")
        .forEach(each -> origin.append(System.getProperty(each)).append('\n'));
    for (Path jar : classPath) {
      try {
        origin.append(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + jar, e);
      }
    }
    UUID digest = UUID.nameUUIDFromBytes(origin.toString().getBytes(StandardCharsets.UTF_8));
    return new ClassArchive("classes-" + digest + ".jsa");
  }

  private boolean exists() {
    return Files.exists(CacheDirectory.path().resolve(name));
  }

  /** What the JVM is told at its start: to use the archive, or to be ready to write it. */
  List<String> options() {
    return exists()
        ? List.of("-XX:SharedArchiveFile=" + CacheDirectory.path().resolve(name))
        : List.of("-XX:+RecordDynamicDumpInfo");
  }

  /**
   * Has a process that was started with {@link #options} write the archive, if it is not there yet;
   * the process stands still for some seconds meanwhile. What a JVM cannot write is missed by
   * nobody but those who wait for the next start.
   */
  void writtenBy(NodeManagement process) {
    if (exists()) {
      return;
    }
    try {
      Path ignored = CacheDirectory.file(name, process::writeClasses);
    } catch (UncheckedIOException e) {
      // Another kind of JVM, or a full disk.
    }
  }
}
