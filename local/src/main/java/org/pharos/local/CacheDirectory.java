package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where files stay from run to run: the system property {@code pharos.cache}, or {@code
 * $XDG_CACHE_HOME/pharos}, or {@code ~/.cache/pharos}; where none of them can be written, a
 * temporary directory. Whoever deletes it loses time and nothing else.
 */
final class CacheDirectory {
  private CacheDirectory() {}

  /** Writes a file that does not exist yet. */
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** The directory itself, which exists. */
  static Path path() {
    Path wanted = wanted();
    try {
      return Files.createDirectories(wanted);
    } catch (IOException e) {
      return Fallback.PATH;
    }
  }

  /**
   * A file whose name says what is in it: written if it is not there, and never changed.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  static Path file(String name, Content content) {
    Path file = path().resolve(name);
    if (!Files.exists(file)) {
      // Others may be about to write it too, and nobody may find half of it.
      Path part = path().resolve(name + "." + ProcessHandle.current().pid());
      try {
        content.writeTo(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write " + file, e);
      }
    }
    return file;
  }

  private static Path wanted() {
    String given = System.getProperty("pharos.cache");
    if (given != null) {
      return Path.of(given).toAbsolutePath();
    }
    String caches = System.getenv("XDG_CACHE_HOME");
    return caches != null && Path.of(caches).isAbsolute()
        ? Path.of(caches, "pharos")
        : Path.of(System.getProperty("user.home"), ".cache", "pharos").toAbsolutePath();
  }

  private static final class Fallback {
    static final Path PATH = Directories.temporary("pharos-cache");
  }
}
