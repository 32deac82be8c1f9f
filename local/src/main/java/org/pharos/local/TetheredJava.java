package org.pharos.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command of a JVM that runs a main class and ends with this process: see {@link Tether}. */
final class TetheredJava {
  private TetheredJava() {}

  /**
   * The command.
   *
   * @param home the directory of the process, which gets a class path entry with {@link Tether} and
   *     nothing else of ours
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
        Stream.concat(classPath.stream(), Stream.of(tether(home)))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Tether.class.getName());
    command.add(temporary ? home.toString() : Tether.NOTHING);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private static Path tether(Path home) {
    Path entry = home.resolve("tether");
    String name = Tether.class.getName().replace('.', '/') + ".class";
    Path copy = entry.resolve(name);
    try (InputStream in = Tether.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException(name + " is not readable as a resource of its class loader");
      }
      Files.createDirectories(copy.getParent());
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + copy, e);
    }
    return entry;
  }
}
