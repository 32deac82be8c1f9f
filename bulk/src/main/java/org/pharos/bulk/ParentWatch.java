package org.pharos.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Ends this process when its parent is gone, and takes the unfinished files along. */
final class ParentWatch {
  /** Other threads may still add files; with the directories gone they soon cannot. */
  private static final int ATTEMPTS = 100;

  private ParentWatch() {}

  static void start(long parent, Path directory) {
    ProcessHandle.of(parent)
        .ifPresentOrElse(
            process -> {
              var unused = process.onExit().thenRun(() -> end(directory));
            },
            () -> end(directory));
  }

  /** Ends at once, whatever other threads do; these may ask for the same. */
  static synchronized void end(Path directory) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS && Files.exists(directory); attempt++) {
        delete(directory);
      }
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        boolean unused = Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Nobody is left to be told: what cannot be deleted in any attempt stays.
    }
  }
}
