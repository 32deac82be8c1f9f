package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pharos.transforms.cassandra.Writing.select;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.testing.PAssert;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

/** What a copy keeps: values, rows, write times, times to live. */
@WithCassandra
class CopyRowsTest implements Serializable {
  private transient TestKeyspace keyspace;
  private transient CassandraConnection connection;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
  }

  private CopyRows between(Table source, Table target) {
    return CopyRows.between(source, target).from(connection);
  }

  private static PipelineResult copies(CopyRows copy, long rows, long expired) {
    Pipeline pipeline = Pipelines.create();
    PAssert.that(pipeline.apply(copy))
        .satisfies(
            counts -> {
              CopyCounts found = counts.iterator().next();
              assertThat(found.rows()).isEqualTo(rows);
              assertThat(found.expired()).isEqualTo(expired);
              return null;
            });
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    return run;
  }

  private void areEqual(Table source, Table target) {
    Pipeline pipeline = Pipelines.create();
    CompareTables.Result compared =
        pipeline.apply(
            CompareTables.between(source, target)
                .from(connection)
                .withWriteTimes(Duration.ZERO)
                .withTimesToLive(Duration.standardSeconds(20)));
    PAssert.that(compared.differences()).empty();
    pipeline.run().waitUntilFinish();
  }

  private void copiesEach(String name, List<CqlType> types) {
    Table source = EveryType.table(keyspace, name, types);
    Table target = source.like(keyspace.name(), name + "_copy");
    TestConnections.create(keyspace, source);
    TestConnections.create(keyspace, target);
    EveryType.fill(keyspace.cluster().session(), source, types);

    copies(between(source, target).withParallelism(4), EveryType.ROWS, 0);
    // Once more: nothing is there twice, no list longer.
    copies(between(source, target).withParallelism(3), EveryType.ROWS, 0);

    areEqual(source, target);
    assertThat(select(keyspace, "SELECT * FROM " + target.name()))
        .isEqualTo(select(keyspace, "SELECT * FROM " + source.name()));
  }

  @Test
  void copies_native_values() {
    copiesEach("natives", CqlTypes.natives());
  }

  @Test
  void copies_collections_and_tuples() {
    copiesEach("collections", CqlTypes.collections());
  }

  @Test
  void copies_nested_structures() {
    copiesEach("nested", CqlTypes.nested());
  }

  @Test
  void copies_vectors() {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "vectors are new in Cassandra 5.0");
    copiesEach("vectors", CqlTypes.vectors());
  }

  private Table letters(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT, Order.DESCENDING)
            .staticColumn("s", CqlType.TEXT)
            .staticColumn("t", CqlType.TEXT)
            .column("x", CqlType.TEXT)
            .column("y", CqlType.TEXT)
            .column("z", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private void execute(String cql, Table table, Object... values) {
    keyspace.execute(cql.formatted(table.name()), values);
  }

  @Test
  void cells_of_a_row_keep_their_own_write_times_and_times_to_live() {
    Table source = letters("timed");
    Table target = letters("timed_copy");
    execute("INSERT INTO %s (k, c, x) VALUES (1, 1, 'x') USING TIMESTAMP 1000", source);
    execute(
        "UPDATE %s USING TIMESTAMP 2000 AND TTL 5000 SET y = 'y' WHERE k = 1 AND c = 1", source);
    execute(
        "UPDATE %s USING TIMESTAMP 2000 AND TTL 9000 SET z = 'z' WHERE k = 1 AND c = 1", source);
    execute("UPDATE %s USING TIMESTAMP 7 SET s = 's' WHERE k = 1", source);
    execute("UPDATE %s USING TIMESTAMP 8 AND TTL 6000 SET t = 't' WHERE k = 1", source);
    execute("INSERT INTO %s (k, s) VALUES (2, 'no rows') USING TIMESTAMP 9", source);
    // Cells without a time to live must not get the target's default.
    execute("ALTER TABLE %s WITH default_time_to_live = 600", target);

    PipelineResult run = copies(between(source, target), 2, 0);

    areEqual(source, target);
    assertThat(
            select(
                keyspace,
                "SELECT k, c, writetime(x), writetime(y), writetime(z), writetime(s), writetime(t),"
                    + " ttl(x), ttl(s) FROM timed_copy"))
        .containsExactly(
            "1, 1, 1000, 2000, 2000, 7, 8, null, null",
            "2, null, null, null, null, 9, null, null, null");
    assertThat(keyspace.execute("SELECT ttl(y), ttl(z), ttl(t) FROM timed_copy WHERE k = 1").one())
        .satisfies(
            row -> {
              assertThat(row.getInt(0)).isBetween(4_900, 5_000);
              assertThat(row.getInt(1)).isBetween(8_900, 9_000);
              assertThat(row.getInt(2)).isBetween(5_900, 6_000);
            });
    assertThat(Metrics.counter(run, "rows_written")).isEqualTo(1);
    assertThat(Lineage.query(run.metrics(), Lineage.Type.SOURCE))
        .containsExactly("cassandra:" + keyspace.name() + ".timed");
    assertThat(Lineage.query(run.metrics(), Lineage.Type.SINK))
        .containsExactly("cassandra:" + keyspace.name() + ".timed_copy");
  }

  @Test
  void a_row_written_at_once_is_one_statement() {
    Table source = letters("whole");
    Table target = letters("whole_copy");
    for (int c = 0; c < 10; c++) {
      execute("INSERT INTO %s (k, c, x, y, z) VALUES (1, ?, 'x', 'y', 'z')", source, c);
    }
    PipelineResult run = copies(between(source, target), 10, 0);

    areEqual(source, target);
    assertThat(Metrics.counter(run, "write_requests")).isEqualTo(1);
    assertThat(Metrics.counter(run, "rows_written")).isEqualTo(10);
  }

  @Test
  void a_row_of_nothing_but_its_key_is_a_row_in_the_target() {
    Table source = letters("keys");
    Table target = letters("keys_copy");
    execute("INSERT INTO %s (k, c) VALUES (1, 1)", source);
    execute("INSERT INTO %s (k, c) VALUES (1, 2)", source);
    execute("INSERT INTO %s (k, c, x) VALUES (1, 3, 'x')", source);

    copies(between(source, target), 3, 0);

    areEqual(source, target);
    // The row outlives its cells, as it does in the source.
    execute("DELETE x FROM %s WHERE k = 1 AND c = 3", source);
    execute("DELETE x FROM %s WHERE k = 1 AND c = 3", target);
    assertThat(select(keyspace, "SELECT k, c, x FROM keys_copy"))
        .containsExactly("1, 1, null", "1, 2, null", "1, 3, null")
        .isEqualTo(select(keyspace, "SELECT k, c, x FROM keys"));
  }

  @Test
  @Tag("slow")
  void a_row_expires_with_its_last_cell() throws InterruptedException {
    Table source = letters("passing");
    Table target = letters("passing_copy");
    execute("INSERT INTO %s (k, c, x) VALUES (1, 1, 'x') USING TTL 8", source);
    execute("INSERT INTO %s (k, c, x) VALUES (1, 2, 'x')", source);
    execute("UPDATE %s USING TTL 8 SET y = 'y' WHERE k = 1 AND c = 2", source);

    copies(between(source, target), 2, 0);

    List<String> before = select(keyspace, "SELECT k, c, x, y FROM passing_copy");
    assertThat(before).containsExactly("1, 1, x, null", "1, 2, x, y");
    Thread.sleep(9_500);
    assertThat(select(keyspace, "SELECT k, c, x, y FROM passing_copy"))
        .containsExactly("1, 2, x, null")
        .isEqualTo(select(keyspace, "SELECT k, c, x, y FROM passing"));
  }

  @Test
  void what_is_newer_in_the_target_stays() {
    Table source = letters("older");
    Table target = letters("newer");
    execute("INSERT INTO %s (k, c, x, y) VALUES (1, 1, 'old', 'y') USING TIMESTAMP 1000", source);
    execute("INSERT INTO %s (k, c, x) VALUES (1, 1, 'new') USING TIMESTAMP 1001", target);
    execute("INSERT INTO %s (k, c, x) VALUES (2, 1, 'old') USING TIMESTAMP 1000", source);
    execute("DELETE FROM %s USING TIMESTAMP 1001 WHERE k = 2 AND c = 1", target);

    copies(between(source, target), 2, 0);

    assertThat(select(keyspace, "SELECT k, c, x, y FROM newer")).containsExactly("1, 1, new, y");
  }

  @Test
  void copies_into_the_other_clustering_order_and_past_columns_that_differ() {
    Table source = letters("turned");
    Table target =
        Table.named(keyspace.name(), "turned_copy")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("s", CqlType.TEXT)
            .column("x", CqlType.TEXT)
            .column("more", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, target);
    for (int c = 0; c < 3; c++) {
      execute("INSERT INTO %s (k, c, x, y) VALUES (1, ?, 'x', 'y')", source, c);
    }
    execute("INSERT INTO %s (k, c, more) VALUES (1, 1, 'mine')", target);

    copies(between(source, target).onlyCommonColumns(), 3, 0);

    assertThat(select(keyspace, "SELECT k, c, x, more FROM turned_copy"))
        .containsExactly("1, 0, x, null", "1, 1, x, mine", "1, 2, x, null");
  }

  @Test
  void an_empty_table_is_copied_to_nothing() {
    copies(between(letters("nothing"), letters("nothing_copy")), 0, 0);
    assertThat(select(keyspace, "SELECT * FROM nothing_copy")).isEmpty();
  }

  private Table collected(String name) {
    CqlType.UserType point =
        CqlType.userType(
            "spot",
            CqlType.UserType.field("x", CqlType.INT),
            CqlType.UserType.field("y", CqlType.INT));
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("sl", CqlType.list(CqlType.INT))
            .column("l", CqlType.list(CqlType.INT))
            .column("m", CqlType.map(CqlType.TEXT, CqlType.INT))
            .column("u", point)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  @Test
  void collections_have_the_latest_time_and_the_longest_life_of_their_elements() {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "4.x does not tell times of elements");
    Table source = collected("elements");
    Table target = collected("elements_copy");
    execute(
        "INSERT INTO %s (k, c, l, m, u) VALUES (1, 1, [1], {'a': 1}, {x: 1}) USING TIMESTAMP 1000"
            + " AND TTL 5000",
        source);
    execute(
        "UPDATE %s USING TIMESTAMP 2000 SET l = l + [2], m['b'] = 2 WHERE k = 1 AND c = 1", source);
    execute("UPDATE %s USING TIMESTAMP 3000 SET sl = [7, 8] WHERE k = 1", source);

    copies(between(source, target), 1, 0);

    assertThat(
            select(
                keyspace,
                "SELECT l, m, u.x, u.y, sl, maxwritetime(l), maxwritetime(m), maxwritetime(u),"
                    + " maxwritetime(sl) FROM elements_copy"))
        .containsExactly("[1, 2], {a=1, b=2}, 1, null, [7, 8], 2000, 2000, 1000, 3000");
    assertThat(
            keyspace
                .execute("SELECT ttl(m), ttl(u) FROM elements_copy")
                .one()
                .getFormattedContents())
        .matches("\\[\"ttl\\(m\\)\":\\[NULL,NULL\\], \"ttl\\(u\\)\":\\[[45]\\d{3},NULL\\]\\]");
  }

  @Test
  void a_list_is_not_doubled_by_copying_again_and_follows_the_source() {
    Table source = collected("lists");
    Table target = collected("lists_copy");
    execute("INSERT INTO %s (k, c, l, v) VALUES (1, 1, [1, 2], 'v')", source);
    execute("INSERT INTO %s (k, c, l) VALUES (1, 2, [3])", source);
    execute("UPDATE %s SET sl = [9] WHERE k = 1", source);
    execute("UPDATE %s SET sl = [9, 9] WHERE k = 2", source);

    copies(between(source, target), 3, 0);
    copies(between(source, target), 3, 0);
    areEqual(source, target);

    execute("UPDATE %s SET l = l + [4] WHERE k = 1 AND c = 2", source);
    execute("UPDATE %s SET l = [5] WHERE k = 1 AND c = 1", source);
    copies(between(source, target), 3, 0);
    areEqual(source, target);
    assertThat(select(keyspace, "SELECT k, c, l, sl FROM lists_copy"))
        .containsExactly("1, 1, [5], [9]", "1, 2, [3, 4], [9]", "2, null, [], [9, 9]");
  }

  @Test
  void a_list_whose_answer_was_lost_is_not_doubled() {
    Table source = collected("lost");
    Table target = collected("lost_copy");
    for (int c = 0; c < 5; c++) {
      execute(
          "INSERT INTO %s (k, c, l, v) VALUES (1, ?, [1, 2, 3], 'v') USING TIMESTAMP 1000",
          source, c);
    }
    CopyRows copy =
        between(source, target)
            .through(
                Requests.session(),
                Faults.choosing(
                    "copy_lost",
                    (statement, count) ->
                        count < 4 ? Faults.Fault.TIMEOUT_AFTER : Faults.Fault.NONE));

    copies(copy, 5, 0);

    assertThat(select(keyspace, "SELECT c, l, v, writetime(v) FROM lost_copy"))
        .containsExactly(
            "0, [1, 2, 3], v, 1000",
            "1, [1, 2, 3], v, 1000",
            "2, [1, 2, 3], v, 1000",
            "3, [1, 2, 3], v, 1000",
            "4, [1, 2, 3], v, 1000");
  }

  @Test
  void many_rows_of_many_partitions_are_copied_through_faults() {
    Table source = letters("many");
    Table target = letters("many_copy");
    List<String> keys = new ArrayList<>();
    for (int k = 0; k < 300; k++) {
      for (int c = 0; c < k % 4; c++) {
        execute(
            "INSERT INTO %s (k, c, x, s) VALUES (?, ?, 'x', ?) USING TIMESTAMP " + (1000 + c),
            source,
            k,
            c,
            "s" + k);
        keys.add(k + "/" + c);
      }
    }
    CopyRows copy =
        between(source, target)
            .withParallelism(5)
            .through(
                session -> new FailingRequests(session, (number, statement) -> number % 3 == 2),
                Faults.choosing(
                    "copy_many",
                    (statement, count) ->
                        count % 5 == 1 ? Faults.Fault.TIMEOUT_AFTER : Faults.Fault.NONE));

    copies(copy, keys.size(), 0);

    areEqual(source, target);
  }
}
