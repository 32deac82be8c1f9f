package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

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
    try {
      Path wanted = Files.createDirectories(wanted());
      return Files.isWritable(wanted) ? wanted : Fallback.PATH;
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
    if (Files.exists(file)) {
      return file;
    }
    // Others may be about to write it too, and nobody may find half of it.
    Path part = path().resolve(name + "." + UUID.randomUUID());
    try {
      content.writeTo(part);
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      // They were first.
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    } finally {
      Directories.delete(part);
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
