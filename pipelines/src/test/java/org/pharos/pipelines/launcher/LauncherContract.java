package org.pharos.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.pipelines.jobs.Voice;

/**
 * Pipelines started from the command line, in a keyspace of their own, and their tables read with
 * plain CQL, whatever the runner.
 */
@WithCassandra
abstract class LauncherContract {
  private final TestKeyspace keyspace;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Voice voice;

  @TempDir Path folder;

  LauncherContract(Voice voice, TestKeyspace keyspace) {
    this.voice = voice;
    this.keyspace = keyspace;
  }

  @BeforeEach
  void dropTables() {
    for (Row table :
        keyspace
            .cluster()
            .session()
            .execute(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + keyspace.name()
                    + "'")) {
      keyspace.execute("DROP TABLE " + table.getString(0));
    }
  }

  final TestKeyspace keyspace() {
    return keyspace;
  }

  final Voice voice() {
    return voice;
  }

  final String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  final String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  final void runs(String pipeline, String... flags) {
    assertThat(run(pipeline, flags)).as(complained()).isZero();
    assertThat(told()).contains(pipeline + ": done in");
  }

  final int run(String pipeline, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline));
    arguments.addAll(Arrays.asList(flags));
    arguments.addAll(where());
    return launch(arguments);
  }

  final List<String> where() {
    return List.of(
        "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
        "--localDatacenter=" + keyspace.cluster().datacenter(),
        "--keyspace=" + keyspace.name());
  }

  final int launch(List<String> arguments) {
    return new Launcher(
            voice,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false)
        .run(arguments.toArray(new String[0]));
  }

  final List<String> rows(String cql) {
    List<String> rows = new ArrayList<>();
    for (Row row : keyspace.execute(cql)) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
        cells.add(String.valueOf(row.getObject(i)));
      }
      rows.add(String.join(", ", cells));
    }
    return rows;
  }
}
