package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.runners.flink.JavaProcess.Ended;
import org.pharos.schemas.Table;
import org.pharos.schemas.text.TextTables;

/** The jar for clusters, on a real one, as people submit it. */
@WithCassandra
class ClusterIT {
  private final LocalFlink flink = SharedFlink.CLUSTER;
  private final TestKeyspace keyspace;

  ClusterIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Test
  void a_pipeline_reads_groups_and_writes_on_the_cluster(@TempDir Path directory) throws Exception {
    Table documents = TextTables.documents(keyspace.name());
    documents.createStatements().forEach(keyspace::execute);
    keyspace.execute("INSERT INTO documents (id, text) VALUES ('a', 'The lamp of the tower')");
    keyspace.execute("INSERT INTO documents (id, text) VALUES ('b', 'A tower by the sea')");

    Ended ended =
        run(directory, "run", "index-words", "--createTables=true", master(flink.address()));

    assertThat(ended.out())
        .contains("index-words: done")
        .containsPattern("[A-Z]+, \\d+ of \\d+ tasks done, job [0-9a-f]{32}");
    assertThat(ended.code()).isZero();
    assertThat(
            keyspace
                .execute("SELECT documents, occurrences FROM terms WHERE term = 'tower'")
                .one()
                .getFormattedContents())
        .isEqualTo("[documents:2, occurrences:2]");
    assertThat(Files.readString(flink.log())).contains("index-words");
    assertThat(threads(flink.pid(1)))
        .contains("flink-pekko.actor")
        .doesNotContainPattern("\"s\\d+-(io|admin|timer)-\\d+\"");
  }

  @Test
  @Tag("slow")
  void a_job_may_be_left_to_the_cluster(@TempDir Path directory) throws Exception {
    keyspace.execute("CREATE TABLE few (k int PRIMARY KEY)");
    Path digests = directory.resolve("digests.txt");

    Ended ended =
        run(
            directory,
            "run",
            "digest-tables",
            "--tables=few",
            "--digests=" + digests,
            "--attachedMode=false",
            master(flink.address()));

    assertThat(ended.out())
        .containsPattern(
            "digest-tables: left to the cluster: [A-Z]+, \\d+ of \\d+ tasks done, job"
                + " [0-9a-f]{32}");
    assertThat(ended.code()).isZero();
    awaitFile(digests);
    assertThat(Files.readString(digests)).startsWith("few 0 ");
  }

  /** The driver's begin with the number of their session. */
  private static String threads(long pid) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void awaitFile(Path file) throws Exception {
    for (int attempt = 0; attempt < 600 && !Files.exists(file); attempt++) {
      Thread.sleep(200);
    }
    assertThat(file).exists();
  }

  @Test
  void a_cluster_that_is_not_there_is_told_before_anything_starts(@TempDir Path directory)
      throws Exception {
    Ended ended = run(directory, "run", "index-words", master("127.0.0.1:1"));

    assertThat(ended.out()).contains("pharos: no Flink answers at 127.0.0.1:1");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void a_cluster_that_is_too_small_is_told_before_anything_starts(@TempDir Path directory)
      throws Exception {
    Ended ended = run(directory, "run", "index-words", master(flink.address()), "--parallelism=7");

    assertThat(ended.out()).contains("has 2 slots in all, and the job wants 7");
    assertThat(ended.code()).isEqualTo(1);
  }

  private static String master(String address) {
    return "--flinkMaster=" + address;
  }

  private Ended run(Path directory, String... arguments) throws Exception {
    try (JavaProcess launcher = JavaProcess.launcher(directory, keyspace, arguments)) {
      return launcher.ended();
    }
  }
}
