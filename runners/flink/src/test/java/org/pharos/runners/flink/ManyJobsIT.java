package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.pipelines.launcher.Launcher;

/** What jobs leave behind in a session cluster that lives for longer than they. */
@Tag("slow")
@WithCassandra
class ManyJobsIT {
  private static final long MEGABYTE = 1L << 20;

  private final TestKeyspace keyspace;

  @TempDir Path directory;

  ManyJobsIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  /**
   * What a JVM holds after a collection.
   *
   * @param sessions of the driver, by the threads that each has one of
   */
  private record Held(long metaspace, long threads, long sessions) {
    static Held by(long pid) throws Exception {
      // The first finds class loaders unused, a later one unloads them.
      for (int i = 0; i < 3; i++) {
        jcmd(pid, "GC.run");
      }
      String counters = jcmd(pid, "PerfCounter.print");
      return new Held(
          counter(counters, "sun.gc.metaspace.used"),
          counter(counters, "java.threads.live"),
          Pattern.compile("\"s\\d+-admin-0\"")
              .matcher(jcmd(pid, "Thread.print"))
              .results()
              .count());
    }

    private static long counter(String counters, String name) {
      Matcher matcher = Pattern.compile(Pattern.quote(name) + "=(\\d+)").matcher(counters);
      assertThat(matcher.find()).as("%s in %s", name, counters).isTrue();
      return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void twenty_jobs_leave_no_session_thread_or_class_loader_behind() throws Exception {
    keyspace.execute("CREATE TABLE few (k int PRIMARY KEY)");
    try (LocalFlink flink = LocalFlink.start()) {
      run(flink, 5);
      Held taskManager = Held.by(flink.pid(1));
      Held jobManager = Held.by(flink.pid());
      run(flink, 15);
      Held laterTaskManager = Held.by(flink.pid(1));
      Held laterJobManager = Held.by(flink.pid());
      System.err.printf(
          "after 5 and 20 jobs: task manager %s, %s; job manager %s, %s%n",
          taskManager, laterTaskManager, jobManager, laterJobManager);
      assertNoMore(taskManager, laterTaskManager);
      assertNoMore(jobManager, laterJobManager);
    }
  }

  /** A job's classes are more than 40 MB, and a session is eight threads. */
  private static void assertNoMore(Held before, Held after) {
    assertThat(after.sessions()).isZero();
    assertThat(after.metaspace()).isLessThan(before.metaspace() + 20 * MEGABYTE);
    assertThat(after.threads()).isLessThan(before.threads() + 8);
  }

  private void run(LocalFlink flink, int times) {
    for (int i = 0; i < times; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
      int code =
          new Launcher(FlinkLauncher.VOICE, told, told, false)
              .run(
                  "run",
                  "digest-tables",
                  "--tables=few",
                  "--digests=" + directory.resolve("digests"),
                  "--flinkMaster=" + flink.address(),
                  "--filesToStage=" + SharedFlink.JAR,
                  "--keyspace=" + keyspace.name(),
                  "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
                  "--localDatacenter=" + keyspace.cluster().datacenter());
      assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }
  }
}
