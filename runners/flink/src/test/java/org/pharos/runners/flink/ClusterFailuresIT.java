package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.runners.flink.JavaProcess.Ended;

/** What people are told when a cluster does not take a job, or the job fails there. */
@Tag("slow")
@WithCassandra
class ClusterFailuresIT {
  private final LocalFlink flink = SharedFlink.CLUSTER;
  private final TestKeyspace keyspace;

  @TempDir Path directory;

  ClusterFailuresIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @BeforeEach
  void create() {
    keyspace.execute("CREATE TABLE IF NOT EXISTS few (k int PRIMARY KEY)");
  }

  private Ended digest(String digests, String... more) throws Exception {
    String[] arguments = {
      "run",
      "digest-tables",
      "--tables=few",
      "--digests=" + digests,
      "--flinkMaster=" + flink.address()
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    try (JavaProcess launcher = JavaProcess.launcher(directory, keyspace, all)) {
      return launcher.ended();
    }
  }

  @Test
  void a_jar_without_the_pipeline_is_told_as_such() throws Exception {
    Path empty = directory.resolve("empty.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(empty))) {
      out.finish();
    }

    Ended ended = digest(directory.resolve("d").toString(), "--filesToStage=" + empty);

    assertThat(ended.out())
        .contains("pharos: digest-tables failed: the Flink at " + flink.address())
        .contains("did not find org.apache.beam.")
        .contains("in what was sent (" + empty + ")")
        .contains("-cluster.jar");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void a_jar_that_is_not_there_is_a_bad_argument() throws Exception {
    Ended ended = digest(directory.resolve("d").toString(), "--filesToStage=/nowhere.jar");

    assertThat(ended.out())
        .contains("pharos: --filesToStage=/nowhere.jar: is not a file that can be read here");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void a_job_that_fails_tells_its_reason_without_the_cluster_s_wrappers() throws Exception {
    Ended ended = digest("/proc/no/where");

    assertThat(ended.out())
        .containsPattern(
            "pharos: digest-tables failed: IOException: Unable to create parent directories for"
                + " '/proc/no/")
        .doesNotContain("Recovery is suppressed");
    assertThat(ended.code()).isEqualTo(1);
  }
}
