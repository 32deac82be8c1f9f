package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What cannot be read is refused, as early as it can be known, and says what to do. */
@WithCassandra
class ReadRefusalsTest implements Serializable {

  record Wrong(String sensor, int seq) {}

  private transient TestKeyspace keyspace;
  private transient CassandraConnection connection;
  private transient Pipeline pipeline;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
    this.pipeline = Pipelines.create();
  }

  private Table readings(String name) {
    return Readings.table(keyspace, name);
  }

  private List<Row> fill(Table table) {
    return Readings.fill(keyspace, table);
  }

  private ReadTable read(Table table) {
    return ReadTable.of(table).from(connection);
  }

  @Test
  void a_record_that_does_not_fit_is_refused_with_every_field() {
    Table table = readings("unread");
    assertThatThrownBy(() -> read(table).withColumns("day", "seq").as(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is read for sensor")
        .hasMessageContaining("seq is INT64 NOT NULL, not INT32 NOT NULL");
  }

  @Test
  void key_columns_have_no_write_time() {
    assertThatThrownBy(() -> read(readings("unread")).withWriteTime("seq"))
        .hasMessageContaining("no single writetime of column seq")
        .hasMessageContaining("key columns have none");
  }

  @Test
  void a_table_that_is_not_there_fails_the_job_and_says_what_to_do() {
    PCollection<Row> ignored = pipeline.apply(read(readings("missing")));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at " + keyspace.name() + ".missing")
        .hasStackTraceContaining("Check that the table exists");
  }

  @Test
  void a_keyspace_that_is_not_there_fails_the_job_and_says_what_to_do() {
    PCollection<Row> ignored = pipeline.apply(read(readings("any").inKeyspace("no_such_keyspace")));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at no_such_keyspace.any")
        .hasStackTraceContaining("Check that the table exists");
  }

  @Test
  void a_column_that_is_not_there_fails_the_job_and_says_what_to_do() {
    Table table = readings("narrow");
    fill(table);
    Table wider =
        Table.named(keyspace.name(), "narrow")
            .partitionKey("sensor", CqlType.TEXT)
            .partitionKey("day", CqlType.INT)
            .clusteringKey("seq", CqlType.BIGINT)
            .column("colour", CqlType.TEXT)
            .build();
    PCollection<Row> ignored = pipeline.apply(read(wider));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at " + keyspace.name() + ".narrow")
        .hasStackTraceContaining("colour")
        .hasStackTraceContaining("Tables.verify tells the difference");
  }

  @Test
  void bad_settings_are_refused_at_once_with_what_is_allowed() {
    ReadTable read = read(readings("unread"));
    assertThatThrownBy(() -> read.withParallelism(0)).hasMessageContaining("1 to 100000, not 0");
    assertThatThrownBy(() -> read.withSplitBytes(1)).hasMessageContaining("at least 1024");
    assertThatThrownBy(() -> read.withColumns("nothing")).hasMessageContaining("no column nothing");
    assertThatThrownBy(() -> read.withConsistency(Consistency.EACH_QUORUM))
        .hasMessageContaining("EACH_QUORUM");
    assertThatThrownBy(() -> pipeline.apply(ReadTable.of(readings("unread"))))
        .hasMessageContaining("needs a connection");
  }

  @Test
  void display_data_says_what_is_read_and_no_values() {
    Table table = readings("unread");
    DisplayData shown =
        DisplayData.from(
            read(table).where(Filter.equal("sensor", "private"), Filter.equal("day", 1)));
    assertThat(shown.asMap().values().toString())
        .contains(table.qualifiedName())
        .contains("sensor = ?")
        .contains("LOCAL_QUORUM")
        .doesNotContain("private");
  }
}
