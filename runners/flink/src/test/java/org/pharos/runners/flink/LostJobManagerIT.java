package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.runners.flink.JavaProcess.Ended;
import org.pharos.schemas.text.TextTables;

/** A job manager that is killed while its job runs, and what the launcher makes of it. */
@Tag("slow")
@WithCassandra
class LostJobManagerIT {
  private final TestKeyspace keyspace;

  @TempDir Path directory;

  LostJobManagerIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @BeforeEach
  void fill() {
    keyspace.execute("DROP TABLE IF EXISTS documents");
    TextTables.documents(keyspace.name()).createStatements().forEach(keyspace::execute);
    for (int i = 0; i < 100; i++) {
      keyspace.execute("INSERT INTO documents (id, text) VALUES (?, ?)", "d" + i, "word" + i);
    }
  }

  /** A row a second: the job would take minutes. */
  private JavaProcess launch(LocalFlink flink) throws Exception {
    return JavaProcess.launcher(
        directory,
        keyspace,
        "run",
        "index-words",
        "--createTables=true",
        "--maxRowsPerSecond=1",
        "--flinkMaster=" + flink.address());
  }

  @Test
  void a_job_manager_that_stays_away_ends_the_launcher_with_what_is_known() throws Exception {
    try (LocalFlink flink = LocalFlink.builder().shortLived(true).start();
        JavaProcess launcher = launch(flink)) {
      launcher.awaitSaid("RUNNING");
      flink.killJobManager();

      Ended ended = launcher.ended();

      assertThat(ended.out())
          .contains(
              "pharos: index-words failed: the Flink at " + flink.address() + " no longer answers")
          .containsPattern("last heard \\d+ s ago: RUNNING, \\d+ of \\d+ tasks done, job [0-9a-f]");
      assertThat(ended.code()).isEqualTo(1);
    }
  }

  @Test
  void a_job_manager_that_comes_back_without_the_job_ends_the_launcher_too() throws Exception {
    try (LocalFlink flink = LocalFlink.builder().shortLived(true).start();
        JavaProcess launcher = launch(flink)) {
      launcher.awaitSaid("RUNNING");
      flink.killJobManager();
      flink.startJobManager();

      Ended ended = launcher.ended();

      assertThat(ended.out())
          .contains("pharos: index-words failed: the Flink at " + flink.address() + " has lost");
      assertThat(ended.code()).isEqualTo(1);
    }
  }
}
