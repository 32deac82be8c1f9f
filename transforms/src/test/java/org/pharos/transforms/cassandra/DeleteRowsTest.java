package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What is left of a small table after a deletion. */
@WithCassandra
class DeleteRowsTest {

  private static Table filled(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("a", CqlType.INT)
            .clusteringKey("b", CqlType.INT)
            .staticColumn("s", CqlType.TEXT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    for (String k : new String[] {"x", "y"}) {
      for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 3; b++) {
          keyspace.execute(
              "INSERT INTO "
                  + name
                  + " (k, a, b, s, v) VALUES ('%s', %d, %d, 's', %d) USING TIMESTAMP 1000"
                      .formatted(k, a, b, 10 * a + b));
        }
      }
    }
    return table;
  }

  private static void delete(DeleteRows deletion, TestKeyspace keyspace, Schema schema, Row key) {
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        rows(pipeline, schema, key).apply(deletion.from(Writing.connection(keyspace)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
  }

  private static final Schema PARTITION = Schema.builder().addStringField("k").build();
  private static final Schema PREFIX =
      Schema.builder().addStringField("k").addInt32Field("a").build();
  private static final Schema KEY =
      Schema.builder().addStringField("k").addInt32Field("a").addInt32Field("b").build();

  @Test
  void deletes_a_row_by_its_key(TestKeyspace keyspace) {
    Table table = filled(keyspace, "by_key");
    delete(DeleteRows.of(table), keyspace, KEY, row(KEY, "x", 0, 1));
    assertThat(select(keyspace, "SELECT a, b FROM by_key WHERE k = 'x'"))
        .containsExactly("0, 0", "0, 2", "1, 0", "1, 1", "1, 2");
    assertThat(select(keyspace, "SELECT a, b FROM by_key WHERE k = 'y'")).hasSize(6);
  }

  @Test
  void deletes_columns_of_a_row_or_of_its_partition(TestKeyspace keyspace) {
    Table table = filled(keyspace, "by_column");
    delete(DeleteRows.of(table).columns("v"), keyspace, KEY, row(KEY, "x", 0, 1));
    delete(DeleteRows.of(table).columns("s"), keyspace, PARTITION, row(PARTITION, "y"));
    assertThat(select(keyspace, "SELECT s, v FROM by_column WHERE k = 'x' AND a = 0"))
        .containsExactly("s, 0", "s, 2", "s, null");
    assertThat(select(keyspace, "SELECT s, v FROM by_column WHERE k = 'y' AND a = 0"))
        .containsExactly("null, 0", "null, 1", "null, 2");
  }

  @Test
  void deletes_a_prefix_a_range_and_a_partition(TestKeyspace keyspace) {
    Table table = filled(keyspace, "by_range");
    Schema range =
        Schema.builder()
            .addStringField("k")
            .addInt32Field("a")
            .addInt32Field("first")
            .addInt32Field("end")
            .build();
    delete(
        DeleteRows.of(table).byRange("b", "first", "end"),
        keyspace,
        range,
        row(range, "x", 0, 1, 3));
    delete(DeleteRows.of(table).byPrefix(), keyspace, PREFIX, row(PREFIX, "x", 1));
    delete(DeleteRows.of(table).partitions(), keyspace, PARTITION, row(PARTITION, "y"));
    assertThat(select(keyspace, "SELECT k, a, b, s FROM by_range")).containsExactly("x, 0, 0, s");
  }

  @Test
  void deletes_only_what_is_older_than_the_timestamp(TestKeyspace keyspace) {
    Table table = filled(keyspace, "by_time");
    Schema schema = Schema.builder().addStringField("k").addInt64Field("micros").build();
    DeleteRows deletion = DeleteRows.of(table).partitions().withTimestampFrom("micros");
    delete(deletion, keyspace, schema, row(schema, "x", 999L));
    delete(deletion, keyspace, schema, row(schema, "y", 1_000L));
    assertThat(select(keyspace, "SELECT k FROM by_time"))
        .containsExactly("x", "x", "x", "x", "x", "x");
  }

  @Test
  void rows_that_were_read_can_be_deleted_as_they_are(TestKeyspace keyspace) {
    Table table = filled(keyspace, "as_read");
    delete(
        DeleteRows.of(table),
        keyspace,
        table.rowSchema(),
        row(table.rowSchema(), "x", 0, 0, "s", null));
    assertThat(select(keyspace, "SELECT b FROM as_read WHERE k = 'x' AND a = 0"))
        .containsExactly("1", "2");
  }

  @Test
  void refuses_to_delete_more_than_was_said(TestKeyspace keyspace) {
    Table table = filled(keyspace, "refused");
    CassandraConnection connection = Writing.connection(keyspace);
    Pipeline pipeline = Pipelines.create();
    assertThatThrownBy(
            () ->
                rows(pipeline, PREFIX, row(PREFIX, "x", 1))
                    .apply(DeleteRows.of(table).from(connection)))
        .hasMessageContaining("no field for the key column b int");
    assertThatThrownBy(
            () ->
                rows(pipeline, PARTITION, row(PARTITION, "x"))
                    .apply(DeleteRows.of(table).byPrefix().from(connection)))
        .hasMessageContaining("to delete whole partitions say so");
    assertThatThrownBy(
            () ->
                rows(pipeline, KEY, row(KEY, "x", 1, 1))
                    .apply(DeleteRows.of(table).columns("a", "w").from(connection)))
        .hasMessageContaining("a is to be deleted, but is no column outside the key")
        .hasMessageContaining("w is to be deleted");
    assertThatThrownBy(() -> DeleteRows.of(table).byEventTime(EventTime.from("t").withExpiry("e")))
        .hasMessageContaining("does not expire");
  }
}
