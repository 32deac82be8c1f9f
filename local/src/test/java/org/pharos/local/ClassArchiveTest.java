package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path directory;
  private Path cache;

  @BeforeEach
  void cacheInDirectory() {
    cache = directory.resolve("cache");
    System.setProperty("pharos.cache", cache.toString());
  }

  @AfterEach
  void cacheOfUser() {
    System.clearProperty("pharos.cache");
  }

  @Test
  void the_first_start_writes_what_the_second_uses() throws Exception {
    List<Path> classPath = List.of(jarOf(Waiting.class));
    ClassArchive archive = ClassArchive.of(TetheredJava.whole(classPath));

    try (Child first = new Child(archive, classPath);
        NodeManagement management = NodeManagement.of(first.pid())) {
      archive.writtenBy(management);
    }

    assertThat(cache).isDirectoryContaining("glob:**.jsa").isDirectoryContaining("glob:**.jar");
    try (Child second = new Child(archive, classPath)) {
      Path maps = Path.of("/proc", "" + second.pid(), "maps");
      assumeThat(maps).exists();
      assertThat(Files.readString(maps)).contains(".jsa");
    }
  }

  @Test
  void other_jars_are_another_archive() throws Exception {
    Path jar = jarOf(Waiting.class);
    ClassArchive before = ClassArchive.of(List.of(jar));
    assertThat(ClassArchive.of(List.of(jar))).isEqualTo(before);

    try (JarOutputStream changed = new JarOutputStream(Files.newOutputStream(jar))) {
      changed.putNextEntry(new JarEntry("empty"));
    }

    assertThat(ClassArchive.of(List.of(jar))).isNotEqualTo(before);
  }

  @Test
  void what_others_wrote_meanwhile_stays_and_no_part_is_left() throws Exception {
    Path file =
        CacheDirectory.file(
            "kept",
            part -> {
              Files.writeString(part, "ours");
              Files.writeString(cache.resolve("kept"), "theirs");
            });

    assertThat(file).hasContent("theirs");
    assertThat(cache).isDirectoryNotContaining("glob:**/kept.*");
  }

  private Path jarOf(Class<?> type) throws Exception {
    Path file = directory.resolve("classes.jar");
    String entry = type.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream content = type.getResourceAsStream("/" + entry)) {
      jar.putNextEntry(new JarEntry(entry));
      content.transferTo(jar);
    }
    return file;
  }

  /** A program that says that it runs, and waits. */
  public static final class Waiting {
    public static void main(String[] arguments) throws Exception {
      System.out.println("running");
      new CountDownLatch(1).await();
    }
  }

  private final class Child implements AutoCloseable {
    private final Process process;

    Child(ClassArchive archive, List<Path> classPath) throws Exception {
      process =
          new ProcessBuilder(
                  TetheredJava.command(
                      archive.options(),
                      classPath,
                      directory,
                      false,
                      Waiting.class.getName(),
                      List.of()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).isEqualTo("running");
    }

    long pid() {
      return process.pid();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
