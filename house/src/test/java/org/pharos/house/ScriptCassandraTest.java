package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./pharos cassandra}: it answers as long as the script's process lives, and no longer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a Unix shell")
class ScriptCassandraTest {
  private static final String CONTACT_POINTS = "  contact points  ";
  private static final String LOGS = "  logs            ";

  @TempDir Path work;

  @Test
  void a_cassandra_to_play_with_answers_until_it_is_asked_to_end() throws Exception {
    answersUntil("TERM", 143);
  }

  /** Not in the default build: what runs in a shell's background is told to ignore the signal. */
  @Test
  @Tag("slow")
  void a_cassandra_to_play_with_ends_at_ctrl_c() throws Exception {
    answersUntil("INT", 130);
  }

  @Test
  @Tag("slow")
  void a_cassandra_to_play_with_ends_with_a_parent_that_is_killed() throws Exception {
    answersUntil("KILL", 137);
  }

  private void answersUntil(String signal, int code) throws Exception {
    Process script =
        Checkout.in(work)
            .builder("cassandra", "--heap=512")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("Starting Cassandra ").endsWith(" (1 node)...");
      String contactPoint = await(lines, CONTACT_POINTS);
      Path log = Path.of(await(lines, LOGS));
      List<ProcessHandle> nodes = script.descendants().toList();
      assertThat(nodes).hasSize(1);
      assertThat(log).exists();
      assertThat(answer(contactPoint)).isEqualTo("dc1");

      signal(script, signal);

      assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(script.exitValue()).isEqualTo(code);
      assertThat(nodes.get(0).onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(log).doesNotExist();
    } finally {
      script.destroyForcibly();
    }
  }

  /** What stands after the first such beginning of a line. */
  private static String await(BufferedReader lines, String beginning) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = lines.readLine();
    }
    assertThat(line).as("a line with" + beginning).isNotNull();
    return line.substring(beginning.length());
  }

  private static String answer(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
    try (CqlSession session =
        CqlSession.builder().addContactPoint(address).withLocalDatacenter("dc1").build()) {
      return session.execute("SELECT data_center FROM system.local").one().getString("data_center");
    }
  }

  private static void signal(Process process, String signal) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
