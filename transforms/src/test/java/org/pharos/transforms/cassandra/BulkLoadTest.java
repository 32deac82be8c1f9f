package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.CqlValues;
import org.pharos.schemas.Index;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** Loading past the servers' write path leaves what writing by CQL leaves. */
@WithCassandra
class BulkLoadTest {
  private static final int ROWS = 1_000;

  @TempDir Path directory;
  private final TestKeyspace keyspace;

  BulkLoadTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  /**
   * One of every kind of type that can be loaded, beside a clustering order, a static column, a
   * TTL, a timestamp.
   */
  private Table everything(String name) {
    TableBuilder table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .partitionKey("K 2", CqlType.TEXT)
            .clusteringKey("c", CqlType.TIMESTAMP, Order.DESCENDING)
            .clusteringKey("d", CqlType.TEXT)
            .staticColumn("s", CqlType.set(CqlType.INT));
    List<CqlType> types = new ArrayList<>(CqlTypes.natives());
    types.addAll(CqlTypes.nested());
    if (TestConnections.isAtLeast5(keyspace)) {
      types.add(CqlType.vector(CqlType.FLOAT, 8));
      types.add(CqlType.vector(CqlType.TEXT, 2));
    }
    for (int i = 0; i < types.size(); i++) {
      CqlType type = types.get(i);
      table.column("v" + i, type instanceof CqlType.ListOf ? CqlType.frozen(type) : type);
    }
    Table built = table.build();
    TestConnections.create(keyspace, built);
    return built;
  }

  /** Rows with generated values, nulls among them, and rows of static columns alone. */
  private static List<Row> rows(Table table, Schema schema) {
    List<List<Object>> values = new ArrayList<>();
    for (Column column : table.columns()) {
      values.add(CqlValues.generate(column.type(), ROWS, column.name().hashCode()));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean onlyStatic = i % 50 == 0;
      Row.Builder row = Row.withSchema(schema);
      for (int c = 0; c < values.size(); c++) {
        Column column = table.columns().get(c);
        boolean left = onlyStatic && column.kind() != Column.Kind.STATIC;
        row.addValue(
            switch (column.kind()) {
              case PARTITION_KEY -> column.type() == CqlType.INT ? (Object) (i / 5) : "p" + i / 5;
              default -> left || (i + c) % 7 == 0 && !column.isKey() ? null : values.get(c).get(i);
            });
      }
      row.addValue(1_700_000_000_000_000L + i);
      row.addValue(i % 3 == 0 ? null : 100_000_000L);
      rows.add(row.build());
    }
    return rows;
  }

  @Test
  void every_kind_of_value_arrives_as_by_cql_imported_or_streamed() {
    Table byCql = everything("by_cql");
    Schema schema =
        Schema.builder()
            .addFields(byCql.rowSchema().getFields())
            .addInt64Field("written_at")
            .addNullableField("seconds", FieldType.INT64)
            .build();
    Table imported = everything("imported");
    Table streamed = everything("streamed");
    UnaryOperator<WriteTable> timed =
        write -> write.withTimestampFrom("written_at").withTimeToLiveFrom("seconds");
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> rows = Writing.rows(pipeline, schema, rows(byCql, schema));
    write(rows, byCql, ROWS, timed);
    CassandraConnection limited =
        Writing.connection(keyspace).withWriteLimit(WriteLimit.rowsPerSecond(2_000));
    write(rows, imported, ROWS, write -> timed.apply(write).to(limited).inBulk(importing()));
    write(rows, streamed, ROWS, write -> timed.apply(write).inBulk(streaming()));
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();

    List<String> expected = content(byCql);
    assertThat(expected).hasSizeGreaterThan(ROWS * 9 / 10);
    assertThat(content(imported)).isEqualTo(expected);
    assertThat(content(streamed)).isEqualTo(expected);
    assertThat(directory).isEmptyDirectory();
    assertThat(Metrics.throttled(run)).as("milliseconds held back by the limit").isPositive();
  }

  private BulkLoad importing() {
    return BulkLoads.importing(keyspace.cluster(), directory);
  }

  private BulkLoad streaming() {
    return BulkLoads.streaming(keyspace.cluster(), directory);
  }

  /** Several in a pipeline: their processes start beside each other. */
  private void write(
      PCollection<Row> rows, Table table, int count, UnaryOperator<WriteTable> settings) {
    WriteResult result =
        rows.apply("Write " + table.name(), settings.apply(Writing.write(table, keyspace)));
    PAssert.that("Counts of " + table.name(), result.counts())
        .containsInAnyOrder(new WriteCounts(count, 0, 0, 0, 0));
  }

  /** All columns, with the time of writing and whether it expires where Cassandra tells it. */
  private List<String> content(Table table) {
    String columns =
        table.columns().stream()
            .map(
                column ->
                    column.isKey()
                            || CqlTypes.nested().contains(column.type())
                            || column.type() instanceof CqlType.SetOf
                        ? "\"%s\"".formatted(column.name())
                        : "\"%1$s\", writetime(\"%1$s\")".formatted(column.name()))
            .collect(Collectors.joining(", "));
    return select(keyspace, "SELECT " + columns + " FROM " + table.name());
  }

  @Test
  void a_null_leaves_the_column_or_removes_its_value() {
    Table left = nullable("left");
    Table replaced = nullable("replaced");
    Pipeline pipeline = Pipelines.create();
    Schema schema = left.rowSchema();
    PCollection<Row> rows = Writing.rows(pipeline, schema, row(schema, 1, null, null));
    write(rows, left, 1, write -> write.inBulk(importing()));
    write(rows, replaced, 1, write -> write.withNulls(Nulls.REPLACE).inBulk(importing()));
    pipeline.run().waitUntilFinish();

    assertThat(select(keyspace, "SELECT k, a, b FROM left")).containsExactly("1, before, [1]");
    assertThat(select(keyspace, "SELECT k, a, b FROM replaced")).containsExactly("1, null, []");
  }

  /** A table with one row that has values. */
  private Table nullable(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .column("a", CqlType.TEXT)
            .column("b", CqlType.set(CqlType.INT))
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("INSERT INTO " + name + " (k, a, b) VALUES (1, 'before', {1})");
    return table;
  }

  @Test
  void an_update_adds_to_sets_and_makes_no_row_of_its_own() {
    Table table =
        Table.named(keyspace.name(), "updated")
            .partitionKey("k", CqlType.INT)
            .column("tags", CqlType.set(CqlType.TEXT))
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("INSERT INTO updated (k, tags) VALUES (1, {'a'})");
    Schema schema = table.rowSchema();

    Pipeline pipeline = Pipelines.create();
    PCollection<Row> rows =
        Writing.rows(pipeline, schema, row(schema, 1, List.of("b")), row(schema, 2, null));
    write(rows, table, 2, write -> write.adding("tags").inBulk(importing()));
    pipeline.run().waitUntilFinish();

    assertThat(select(keyspace, "SELECT k, tags FROM updated")).containsExactly("1, [a, b]");
  }

  @Test
  void of_two_rows_with_a_key_the_later_wins_and_indexes_answer() {
    Table imported = indexed("indexed_imported");
    Table streamed = indexed("indexed_streamed");
    Pipeline pipeline = Pipelines.create();
    Schema schema = imported.rowSchema();
    PCollection<Row> rows =
        Writing.oneBundle(
            pipeline, schema, List.of(row(schema, 1, "earlier"), row(schema, 1, "later")));
    write(rows, imported, 2, write -> write.inBulk(importing()));
    write(rows, streamed, 2, write -> write.inBulk(streaming()));
    pipeline.run().waitUntilFinish();

    assertLaterWonAndIndexAnswers(imported);
    assertLaterWonAndIndexAnswers(streamed);
  }

  /** A table with an index, where the server has such. */
  private Table indexed(String name) {
    TableBuilder table =
        Table.named(keyspace.name(), name).partitionKey("k", CqlType.INT).column("v", CqlType.TEXT);
    if (TestConnections.isAtLeast5(keyspace)) {
      table.index(Index.of(name + "_by_v", "v"));
    }
    Table built = table.build();
    TestConnections.create(keyspace, built);
    return built;
  }

  private void assertLaterWonAndIndexAnswers(Table table) {
    String byKey = "SELECT k, v FROM " + table.name();
    assertThat(select(keyspace, byKey)).containsExactly("1, later");
    if (!table.indexes().isEmpty()) {
      String byValue = "SELECT k FROM " + table.name() + " WHERE v = ";
      assertThat(select(keyspace, byValue + "'later'")).containsExactly("1");
      assertThat(select(keyspace, byValue + "'earlier'")).isEmpty();
    }
  }
}
