package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Changes of lists, sets and maps that keep what is there. */
@WithCassandra
class CollectionChangesTest {
  private static final Schema VALUES =
      Schema.builder()
          .addInt32Field("id")
          .addNullableField("l", FieldType.array(FieldType.STRING))
          .addNullableField("s", FieldType.iterable(FieldType.INT32))
          .addNullableField("m", FieldType.map(FieldType.STRING, FieldType.INT32))
          .build();
  private static final Schema KEYS =
      Schema.builder()
          .addInt32Field("id")
          .addNullableField("l", FieldType.array(FieldType.STRING))
          .addNullableField("s", FieldType.iterable(FieldType.INT32))
          .addNullableField("m", FieldType.array(FieldType.STRING))
          .build();

  private static Table filled(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("id", CqlType.INT)
            .column("l", CqlType.list(CqlType.TEXT))
            .column("s", CqlType.set(CqlType.INT))
            .column("m", CqlType.map(CqlType.TEXT, CqlType.INT))
            .column("f", CqlType.frozen(CqlType.list(CqlType.INT)))
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute(
        "INSERT INTO " + name + " (id, l, s, m) VALUES (1, ['a', 'b'], {1, 2}, {'x': 1, 'y': 2})");
    return table;
  }

  private static void run(WriteTable write, Schema schema, Row... rows) {
    Pipeline pipeline = Pipelines.create();
    rows(pipeline, schema, rows).apply(write);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void adds_prepends_and_removes(TestKeyspace keyspace) {
    Table table = filled(keyspace, "changed");
    WriteTable write = write(table, keyspace);
    String all = "SELECT l, s, m FROM changed WHERE id = 1";
    run(
        write.adding("l", "s", "m"),
        VALUES,
        row(VALUES, 1, List.of("c", "a"), List.of(3), Map.of("y", 20, "z", 30)));
    assertThat(select(keyspace, all)).containsExactly("[a, b, c, a], [1, 2, 3], {x=1, y=20, z=30}");
    run(
        write.removing("l", "s", "m"),
        KEYS,
        row(KEYS, 1, List.of("a"), List.of(1, 9), List.of("x")));
    assertThat(select(keyspace, all)).containsExactly("[b, c], [2, 3], {y=20, z=30}");
    Schema list = Schema.builder().addInt32Field("id").addArrayField("l", FieldType.STRING).build();
    run(write.prepending("l"), list, row(list, 1, List.of("first")));
    assertThat(select(keyspace, all)).containsExactly("[first, b, c], [2, 3], {y=20, z=30}");
  }

  @Test
  void a_null_changes_nothing_under_either_rule(TestKeyspace keyspace) {
    Table table = filled(keyspace, "kept");
    for (Nulls nulls : Nulls.values()) {
      run(
          write(table, keyspace).adding("l", "s", "m").withNulls(nulls),
          VALUES,
          row(VALUES, 1, null, null, null));
    }
    assertThat(select(keyspace, "SELECT l, s, m FROM kept"))
        .containsExactly("[a, b], [1, 2], {x=1, y=2}");
  }

  @Test
  void setting_replaces_the_whole_collection(TestKeyspace keyspace) {
    Table table = filled(keyspace, "whole");
    run(write(table, keyspace), VALUES, row(VALUES, 1, List.of("z"), List.of(), Map.of("q", 1)));
    assertThat(select(keyspace, "SELECT l, s, m FROM whole")).containsExactly("[z], [], {q=1}");
  }

  @Test
  void refuses_changes_that_a_column_cannot_take(TestKeyspace keyspace) {
    Table table = filled(keyspace, "refusing");
    Schema schema =
        Schema.builder()
            .addInt32Field("id")
            .addIterableField("s", FieldType.INT32)
            .addArrayField("f", FieldType.INT32)
            .build();
    Pipeline pipeline = Pipelines.create();
    Row one = row(schema, 1, List.of(1), List.of(2));
    assertThatThrownBy(
            () ->
                rows(pipeline, schema, one)
                    .apply(write(table, keyspace).prepending("s").adding("f").incrementing("l")))
        .hasMessageContaining("column s is set<int>; prepending(...) takes a list")
        .hasMessageContaining("column f is frozen<list<int>>; adding(...) takes")
        .hasMessageContaining("l is to be changed, but is not both a field and a column");
  }
}
