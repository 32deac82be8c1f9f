package org.pharos.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command of a JVM that runs a main class and ends with this process: see {@link Tether}. */
final class TetheredJava {
  private TetheredJava() {}

  /**
   * The command.
   *
   * @param home the directory of the process
   * @param temporary whether the directory goes with the process when this one ends
   */
  static List<String> command(
      List<String> options,
      List<Path> classPath,
      Path home,
      boolean temporary,
      String mainClass,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        whole(classPath).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Tether.class.getName());
    command.add(temporary ? home.toString() : Tether.NOTHING);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  /** A class path with {@link Tether} and nothing else of ours behind it. */
  static List<Path> whole(List<Path> classPath) {
    return Stream.concat(classPath.stream(), Stream.of(tether())).toList();
  }

  /** In a jar of one place and time: a {@link ClassArchive} is good for such alone. */
  private static Path tether() {
    String entry = Tether.class.getName().replace('.', '/') + ".class";
    byte[] content = content("/" + entry);
    return CacheDirectory.file(
        "tether-" + UUID.nameUUIDFromBytes(content) + ".jar",
        file -> {
          try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(content);
          }
        });
  }

  private static byte[] content(String resource) {
    try (InputStream in = Tether.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not readable as a resource of its class loader");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }
}
