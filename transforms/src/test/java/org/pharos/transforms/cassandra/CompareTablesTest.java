package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

@WithCassandra
class CompareTablesTest implements Serializable {
  private transient TestKeyspace keyspace;
  private transient CassandraConnection connection;
  private transient Pipeline pipeline;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
    this.pipeline = Pipelines.create();
  }

  /** Two tables of one shape, named by a letter each; a text key, reversed clustering, a static. */
  private Table shelf(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("shop", CqlType.TEXT)
            .partitionKey("shelf", CqlType.INT)
            .clusteringKey("level", CqlType.INT, Order.DESCENDING)
            .clusteringKey("place", CqlType.TEXT)
            .staticColumn("label", CqlType.TEXT)
            .column("item", CqlType.TEXT)
            .column("tags", CqlType.set(CqlType.TEXT))
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private void put(Table table, String shop, int shelf, int level, String place, String item) {
    keyspace.execute(
        "INSERT INTO " + table.name() + " (shop, shelf, level, place, item) VALUES (?, ?, ?, ?, ?)",
        shop,
        shelf,
        level,
        place,
        item);
  }

  private void label(Table table, String shop, int shelf, String label) {
    keyspace.execute(
        "INSERT INTO " + table.name() + " (shop, shelf, label) VALUES (?, ?, ?)",
        shop,
        shelf,
        label);
  }

  private CompareTables between(Table left, Table right) {
    return CompareTables.between(left, right).from(connection);
  }

  /** A difference as the text of its fields. */
  private static String text(Row difference) {
    return difference.getString("kind")
        + " "
        + difference.getRow("key").getValues()
        + " "
        + difference.getArray("columns");
  }

  private PipelineResult finds(
      CompareTables comparison, CompareCounts counts, String... differences) {
    CompareTables.Result result = pipeline.apply(comparison);
    PAssert.that(result.counts()).containsInAnyOrder(counts);
    PAssert.that(
            result
                .differences()
                .apply(MapElements.into(TypeDescriptors.strings()).via(CompareTablesTest::text)))
        .containsInAnyOrder(Arrays.asList(differences));
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    return run;
  }

  @Test
  void finds_nothing_where_nothing_differs() {
    Table left = shelf("same_left");
    Table right = shelf("same_right");
    for (Table table : List.of(left, right)) {
      for (int i = 0; i < 100; i++) {
        put(table, "s" + i % 7, i % 3, i % 5, "p" + i, "item " + i);
      }
      label(table, "s1", 1, "full");
      label(table, "empty", 1, "only a label");
    }

    PipelineResult run =
        finds(between(left, right).withParallelism(20), new CompareCounts(101, 0, 0, 0));

    assertThat(Metrics.counter(run, "rows_equal")).isEqualTo(101);
    assertThat(Metrics.counter(run, "splits_read")).isEqualTo(40);
    assertThat(Metrics.counter(run, "rows_read")).isEqualTo(202);
    assertThat(Lineage.query(run.metrics(), Lineage.Type.SOURCE))
        .containsExactlyInAnyOrder(
            "cassandra:" + keyspace.name() + ".same_left",
            "cassandra:" + keyspace.name() + ".same_right");
  }

  @Test
  void tells_missing_and_differing_rows_of_either_side() {
    Table left = shelf("left");
    Table right = shelf("right");
    for (Table table : List.of(left, right)) {
      put(table, "a", 1, 9, "x", "tea");
      put(table, "a", 1, 5, "x", "rye");
      put(table, "a", 1, 1, "x", "oil");
      put(table, "b", 2, 1, "x", "egg");
    }
    put(left, "a", 1, 7, "x", "only left");
    put(left, "a", 1, 9, "w", "only left");
    put(right, "a", 1, 0, "z", "only right");
    put(right, "a", 1, 10, "a", "only right");
    put(left, "c", 1, 1, "x", "only left");
    put(right, "d", 1, 1, "x", "only right");
    put(right, "d", 1, 2, "x", "only right");
    put(right, "a", 1, 5, "x", "wheat");
    keyspace.execute(
        "UPDATE left SET tags = {'new'} WHERE shop = 'b' AND shelf = 2 AND level = 1 AND place ="
            + " 'x'");
    keyspace.execute(
        "DELETE item FROM right WHERE shop = 'b' AND shelf = 2 AND level = 1 AND place = 'x'");

    finds(
        between(left, right),
        new CompareCounts(2, 2, 4, 3),
        "missing right [a, 1, 7, x] []",
        "missing right [a, 1, 9, w] []",
        "missing left [a, 1, 0, z] []",
        "missing left [a, 1, 10, a] []",
        "missing right [c, 1, 1, x] []",
        "missing left [d, 1, 1, x] []",
        "missing left [d, 1, 2, x] []",
        "differs [a, 1, 5, x] [item]",
        "differs [b, 2, 1, x] [item, tags]");
  }

  @Test
  void compares_static_columns_once_a_partition_and_partitions_without_rows() {
    Table left = shelf("static_left");
    Table right = shelf("static_right");
    for (Table table : List.of(left, right)) {
      for (int level = 0; level < 20; level++) {
        put(table, "a", 1, level, "x", "tea");
      }
    }
    label(left, "a", 1, "here");
    label(right, "a", 1, "there");
    label(left, "left", 1, "no rows");
    label(right, "right", 1, "no rows");
    label(left, "rows on the right", 1, "same");
    label(right, "rows on the right", 1, "same");
    put(right, "rows on the right", 1, 1, "x", "tea");

    finds(
        between(left, right),
        new CompareCounts(20, 1, 2, 1),
        "differs [a, 1, null, null] [label]",
        "missing right [left, 1, null, null] []",
        "missing left [right, 1, null, null] []",
        "missing left [rows on the right, 1, 1, x] []");
  }

  @Test
  void compares_empty_tables() {
    finds(between(shelf("empty_left"), shelf("empty_right")), CompareCounts.NONE);
  }

  @Test
  void merges_wide_partitions_page_by_page() {
    Table left = numbers("wide_left");
    Table right = numbers("wide_right");
    // Pages of both end at different rows: gaps of thousands on either side.
    insert(left, 0, 12_000);
    insert(right, 5_000, 20_000);
    keyspace.execute("DELETE FROM wide_right WHERE k = 1 AND c = 11000");
    keyspace.execute("UPDATE wide_right SET v = 0 WHERE k = 1 AND c = 11001");

    CompareTables.Result result = pipeline.apply(between(left, right));
    PAssert.that(result.counts()).containsInAnyOrder(new CompareCounts(6_998, 1, 8_000, 5_001));
    pipeline.run().waitUntilFinish();
  }

  private Table numbers(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private void insert(Table table, int from, int to) {
    CqlSession session = keyspace.cluster().session();
    PreparedStatement insert =
        session.prepare("INSERT INTO " + table.qualifiedName() + " (k, c, v) VALUES (1, ?, ?)");
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int c = from; c < to; c++) {
      writes.add(session.executeAsync(insert.bind(c, c)));
      if (writes.size() == 500) {
        writes.forEach(write -> write.toCompletableFuture().join());
        writes.clear();
      }
    }
    writes.forEach(write -> write.toCompletableFuture().join());
  }

  @Test
  void compares_write_times_and_expiry_when_asked_to() {
    Table left = numbers("timed_left");
    Table right = numbers("timed_right");
    timed("timed_left", 1, 1_000_000, 0);
    timed("timed_right", 1, 1_000_000, 0);
    timed("timed_left", 2, 1_000_000, 0);
    timed("timed_right", 2, 1_004_000, 0);
    timed("timed_left", 3, 1_000_000, 0);
    timed("timed_right", 3, 1_006_000, 5_000);
    timed("timed_left", 4, 1_000_000, 5_000);
    timed("timed_right", 4, 1_000_000, 5_030);
    timed("timed_left", 5, 1_000_000, 5_000);
    timed("timed_right", 5, 1_000_000, 6_000);

    finds(
        between(left, right)
            .withWriteTimes(Duration.millis(5))
            .withTimesToLive(Duration.standardSeconds(300)),
        new CompareCounts(3, 2, 0, 0),
        "differs [1, 3] [writetime(v), ttl(v)]",
        "differs [1, 5] [ttl(v)]");
  }

  private void timed(String table, int c, long micros, int seconds) {
    keyspace.execute(
        "INSERT INTO "
            + table
            + " (k, c, v) VALUES (1, ?, 1) USING TIMESTAMP "
            + micros
            + " AND TTL "
            + seconds,
        c);
  }

  @Test
  void keys_of_one_place_with_other_bytes_differ_in_that_column() {
    for (String name : List.of("scale_left", "scale_right")) {
      keyspace.execute(
          "CREATE TABLE " + name + " (k int, c decimal, PRIMARY KEY (k, c)) WITH comment = ''");
    }
    keyspace.execute("INSERT INTO scale_left (k, c) VALUES (1, 1.0)");
    keyspace.execute("INSERT INTO scale_right (k, c) VALUES (1, 1.00)");
    Table left = scaled("scale_left");
    finds(
        between(left, scaled("scale_right")),
        new CompareCounts(0, 1, 0, 0),
        "differs [1, 1.0] [c]");
  }

  private Table scaled(String name) {
    return Table.named(keyspace.name(), name)
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.DECIMAL)
        .build();
  }

  @Test
  void a_table_in_another_order_than_stated_fails_instead_of_telling_wrong_things() {
    Table left = numbers("order_left");
    Table right = numbers("order_right");
    insert(left, 0, 10);
    insert(right, 0, 10);

    CompareTables.Result result = pipeline.apply(between(reversed(left), reversed(right)));
    assertThat(result).isNotNull();
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("order_left")
        .hasStackTraceContaining("come in another order than that of their clustering columns");
  }

  private static Table reversed(Table table) {
    return Table.named(table.keyspace(), table.name())
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT, Order.DESCENDING)
        .column("v", CqlType.INT)
        .build();
  }

  @Test
  void each_row_is_compared_once_when_requests_time_out() {
    Table left = numbers("slow_left");
    Table right = numbers("slow_right");
    insert(left, 0, 3_000);
    insert(right, 0, 3_000);

    CompareTables comparison =
        between(left, right)
            .through(
                session ->
                    new FailingRequests(
                        session, (number, statement) -> number < 16 && number % 2 == 1),
                session ->
                    new FailingRequests(
                        session, (number, statement) -> number < 16 && number % 3 == 1));
    finds(comparison, new CompareCounts(3_000, 0, 0, 0));
  }

  @Test
  void leaves_out_what_only_one_has_if_told() {
    Table left = numbers("more_left");
    Table right =
        Table.named(keyspace.name(), "more_right")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .column("w", CqlType.INT)
            .build();
    TestConnections.create(keyspace, right);
    keyspace.execute("INSERT INTO more_left (k, c, v) VALUES (1, 1, 1)");
    keyspace.execute("INSERT INTO more_right (k, c, w) VALUES (1, 1, 2)");

    assertThatThrownBy(() -> pipeline.apply(between(left, right)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "only %1$s.more_left has [v], only %1$s.more_right has [w]; to leave such columns out,"
                + " say onlyCommonColumns()",
            keyspace.name());
    pipeline = Pipelines.create();
    finds(between(left, right).onlyCommonColumns(), new CompareCounts(1, 0, 0, 0));
  }

  @Test
  void refuses_tables_that_cannot_be_compared() {
    Table table = scaled("t");
    Table other =
        Table.named(keyspace.name(), "other")
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.DECIMAL, Order.DESCENDING)
            .build();
    assertThatThrownBy(() -> pipeline.apply(between(table, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%1$s.t and %1$s.other do not match:\n"
                + "  - the partition key (k int) is (k text) there",
            keyspace.name());
    Table turned =
        Table.named(keyspace.name(), "turned")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.DECIMAL, Order.DESCENDING)
            .build();
    assertThatThrownBy(() -> pipeline.apply(between(table, turned)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has c in the order ASC")
        .hasMessageContaining("only tables of one order can be compared");
    assertThatThrownBy(() -> pipeline.apply(CompareTables.between(table, table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a connection: from(...)");
    assertThatThrownBy(() -> between(table, table).withWriteTimes(Duration.millis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a tolerance is not negative");
    assertThatThrownBy(() -> between(table, table).withTimesToLive(Duration.standardSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two seconds or more");
  }
}
