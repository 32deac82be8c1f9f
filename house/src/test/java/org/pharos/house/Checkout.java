package org.pharos.house;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that looks to the {@code pharos} script like this project, built: its own copy of the
 * script, sources older than what they were built to, and the class path of the tests as that of
 * each module. In place of Maven stands a program that notes how it was called, and fails.
 */
final class Checkout {
  /** What a run of the script came to. */
  record Ended(int code, String out, String err) {}

  private static final List<String> RUN = List.of("local", "runners/direct", "runners/flink");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  static Checkout in(Path folder) throws IOException {
    Checkout checkout = new Checkout(folder.resolve("checkout"));
    Files.createDirectories(checkout.root);
    Path script = Path.of(System.getProperty("pharos.root"), "pharos");
    checkout.executable("pharos", Files.readString(script));
    checkout.executable(
        "mvn", "#!/bin/sh\necho \"$@\" >>\"$0.calls\"\necho 'no build' >&2\nexit 1\n");
    checkout.source("pom.xml");
    for (String module :
        List.of("schemas", "transforms", "pipelines", "local", "runners/direct", "runners/flink")) {
      checkout.source(module + "/pom.xml");
      checkout.source(module + "/src/main/java/Source.java");
    }
    for (String module : RUN) {
      checkout.build(module);
    }
    return checkout;
  }

  private void executable(String name, String text) throws IOException {
    Path file = Files.writeString(root.resolve(name), text);
    Path ignored =
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A source of long ago, with the folder that holds it. */
  private void source(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    for (Path each = file; !each.equals(root); each = each.getParent()) {
      Files.setLastModifiedTime(each, FileTime.from(LONG_AGO));
    }
  }

  private void build(String module) throws IOException {
    Path target = Files.createDirectories(root.resolve(module).resolve("target"));
    Files.writeString(target.resolve("pharos.classpath"), classPath());
  }

  /** Without what is not there, such as the classes of this module, which has only tests. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Changes a source after the build. */
  void change(String name) throws IOException {
    Files.setLastModifiedTime(root.resolve(name), FileTime.from(Instant.now().plusSeconds(60)));
  }

  /** What Maven was called with, a line a call. */
  List<String> builds() throws IOException {
    Path calls = root.resolve("mvn.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    Process process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("did not end: " + List.of(arguments));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The script, still to be started. */
  ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("pharos").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.getParent().toFile());
    builder.environment().put("MVN", root.resolve("mvn").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PHAROS_JAVA_OPTS", whereMavenKeepsThings());
    builder.environment().remove("MAVEN_ARGS");
    return builder;
  }

  private static String whereMavenKeepsThings() {
    return Stream.of(
            "cassandra.version",
            "maven.repository",
            "maven.settings",
            "maven.home",
            "maven.offline")
        .map(name -> "pharos." + name)
        .filter(name -> System.getProperty(name) != null)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .collect(Collectors.joining(" "));
  }
}
