package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a project of somebody else's against the staged artifacts of this build, with a local
 * repository of its own and no network: what the main build fetched is offered to it as a file
 * repository.
 */
class OutsideProjectIT {
  private static final Path ROOT = Path.of(System.getProperty("pharos.root"));
  private static final String VERSION = System.getProperty("pharos.version");
  private static final Path PROJECTS = Path.of("src/test/outside");

  @TempDir Path work;

  @Test
  void a_user_of_the_doors_gets_beam_core_and_the_driver_and_nothing_else() throws Exception {
    Path program = work.resolve("doors/src/main/java/com/example/FirstSteps.java");
    Files.createDirectories(program.getParent());
    Files.copy(Path.of("src/test/java/com/example/FirstSteps.java"), program);

    TreeSet<String> doors = runtimeArtifacts("doors", "compile");
    TreeSet<String> peers = runtimeArtifacts("peers");

    assertThat(doors).contains(ours("pharos-schemas"), ours("pharos-transforms"));
    doors.removeIf(artifact -> artifact.startsWith("org.pharos:"));
    assertThat(doors).isEqualTo(peers);
    assertThat(doors)
        .noneMatch(artifact -> artifact.startsWith("org.apache.lucene:"))
        .noneMatch(artifact -> artifact.startsWith("com.datastax.cassandra:"))
        .noneMatch(artifact -> artifact.startsWith("com.google.guava:guava:"));
  }

  private static String ours(String artifact) {
    return "org.pharos:" + artifact + ":jar:" + VERSION + ":compile";
  }

  private TreeSet<String> runtimeArtifacts(String project, String... goals) throws Exception {
    Path directory = copyOf(project);
    Path list = directory.resolve("runtime.txt");
    List<String> arguments = new ArrayList<>(List.of(goals));
    arguments.add("dependency:list");
    arguments.add("-DincludeScope=runtime");
    arguments.add("-DoutputFile=" + list);
    maven(directory, arguments);
    try (Stream<String> lines = Files.lines(list)) {
      TreeSet<String> artifacts = new TreeSet<>();
      lines
          .map(line -> line.replaceAll("\\u001B\\[[;\\d]*m", "").strip().split(" ", 2)[0])
          .filter(line -> line.chars().filter(c -> c == ':').count() >= 4)
          .forEach(artifacts::add);
      return artifacts;
    }
  }

  private Path copyOf(String project) throws IOException {
    Path source = PROJECTS.resolve(project);
    Path target = work.resolve(project);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }

  private void maven(Path directory, List<String> goals) throws Exception {
    Path settings = work.resolve("settings.xml");
    Files.writeString(settings, settings(staged()));
    Path output = directory.resolve("maven.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("pharos.maven.home"), "bin", "mvn").toString());
    command.addAll(
        List.of("-B", "-o", "-Daether.offline.protocols=file", "-s", settings.toString()));
    command.add("-Dmaven.repo.local=" + work.resolve("repository"));
    command.add("-Dpharos.version=" + VERSION);
    command.add("-Dbeam.version=" + System.getProperty("pharos.beam.version"));
    command.add("-Ddriver.version=" + System.getProperty("pharos.driver.version"));
    command.addAll(goals);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Maven ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** What this build packaged, laid out as a Maven repository. */
  private Path staged() throws IOException {
    Path repository = work.resolve("staged");
    stage(repository, ROOT, "pharos-parent");
    stage(repository, ROOT.resolve("bom"), "pharos-bom");
    stage(repository, ROOT.resolve("schemas"), "pharos-schemas");
    stage(repository, ROOT.resolve("transforms"), "pharos-transforms");
    return repository;
  }

  private static void stage(Path repository, Path module, String artifact) throws IOException {
    Path target =
        Files.createDirectories(
            repository.resolve("org/pharos").resolve(artifact).resolve(VERSION));
    String name = artifact + "-" + VERSION;
    Files.copy(
        module.resolve("pom.xml"),
        target.resolve(name + ".pom"),
        StandardCopyOption.REPLACE_EXISTING);
    Path jar = module.resolve("target").resolve(name + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, target.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String settings(Path staged) {
    String repositories =
        repository("staged", staged)
            + repository("fetched", Path.of(System.getProperty("pharos.maven.repository")));
    return """
<settings><profiles><profile><id>here</id>
<repositories>%s</repositories>
<pluginRepositories>%s</pluginRepositories>
</profile></profiles><activeProfiles><activeProfile>here</activeProfile></activeProfiles></settings>
"""
        .formatted(repositories, repositories.replace("repository>", "pluginRepository>"));
  }

  private static String repository(String id, Path path) {
    return """
<repository><id>%s</id><url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases>
<snapshots><enabled>true</enabled><checksumPolicy>ignore</checksumPolicy></snapshots></repository>
"""
        .formatted(id, path.toUri());
  }
}
