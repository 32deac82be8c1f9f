package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TetherTest {
  @Test
  void a_child_goes_with_a_parent_that_is_killed_and_leaves_no_files() throws Exception {
    Process parent = Parent.spawn();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      Path directory = Path.of(lines.readLine());
      assertThat(child.isAlive()).isTrue();
      assertThat(directory).isDirectory();

      parent.destroyForcibly();

      assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(directory).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  void a_paused_child_goes_too() throws Exception {
    Process parent = Parent.spawn("pause");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

      parent.destroyForcibly();

      assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** A program that starts a node, says which, and waits. */
  static final class Parent {
    static Process spawn(String... arguments) throws Exception {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path"))));
      System.getProperties().stringPropertyNames().stream()
          .filter(name -> name.startsWith("pharos."))
          .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
      command.add(Parent.class.getName());
      command.addAll(List.of(arguments));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    public static void main(String[] arguments) throws Exception {
      try (LocalCassandra cassandra =
          LocalCassandra.builder().heapMegabytes(512).shortLived(true).start()) {
        if (arguments.length > 0) {
          cassandra.pause(1);
        }
        System.out.println(cassandra.pid(1));
        System.out.println(cassandra.directory());
        System.out.flush();
        new CountDownLatch(1).await();
      }
    }
  }
}
