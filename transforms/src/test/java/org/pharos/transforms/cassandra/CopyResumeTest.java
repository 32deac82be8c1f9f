package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.select;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** A copy that is begun again goes on where it ended, and says what it does not take. */
@WithCassandra
class CopyResumeTest {
  private static final int ROWS = 400;

  private final TestKeyspace keyspace;
  private final CassandraConnection connection;

  CopyResumeTest(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
  }

  private Table numbers(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private void fill(Table table) {
    for (int k = 0; k < ROWS; k++) {
      keyspace.execute("INSERT INTO " + table.name() + " (k, v) VALUES (?, ?)", k, k);
    }
  }

  private static PipelineResult run(CopyRows copy) {
    Pipeline pipeline = Pipeline.create();
    PCollection<CopyCounts> ignored = pipeline.apply(copy);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private List<String> done(String copy) {
    return select(
        keyspace, "SELECT range_start, range_end FROM pharos_copies WHERE copy = '" + copy + "'");
  }

  /** Refuses the first range of the ring, once others are done. */
  private static Requests refusingTheFirst(CqlSession session, String keyspace) {
    return statement ->
        isOfTheFirst(statement)
            ? CompletableFuture.supplyAsync(() -> refuse(session, keyspace))
            : session.executeAsync(statement);
  }

  private static boolean isOfTheFirst(Statement<?> statement) {
    return ((BoundStatement) statement).getLong(0) == Long.MIN_VALUE;
  }

  private static AsyncResultSet refuse(CqlSession session, String keyspace) {
    for (int i = 0; i < 300; i++) {
      long count =
          session
              .execute("SELECT count(*) FROM " + keyspace + ".pharos_copies WHERE copy = 'broken'")
              .one()
              .getLong(0);
      // A partition with its static columns alone counts as a row, too.
      if (count >= 3) {
        break;
      }
      sleep();
    }
    throw new UnauthorizedException(
        session.getMetadata().getNodes().values().iterator().next(), "no more of this");
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is done once no range becomes done any more: others go on while one fails the job. */
  private List<String> settled(String copy) {
    List<String> last = List.of();
    List<String> now = done(copy);
    for (int same = 0; same < 15; same = now.equals(last) ? same + 1 : 0) {
      last = now;
      sleep();
      now = done(copy);
    }
    return now;
  }

  @Test
  void a_second_run_copies_only_what_the_first_has_not_done() {
    Table source = numbers("broken");
    Table target = numbers("broken_copy");
    fill(source);
    String name = keyspace.name();
    CopyRows copy =
        CopyRows.between(source, target).from(connection).withParallelism(10).resumableAs("broken");

    assertThatThrownBy(
            () ->
                run(
                    copy.through(
                        session -> refusingTheFirst(session, name),
                        session -> session::executeAsync)))
        .hasMessageContaining("no more of this");
    List<String> before = settled("broken");
    assertThat(before).hasSizeBetween(3, 19);
    int rowsBefore = select(keyspace, "SELECT k FROM broken_copy").size();

    // Another parallelism cuts the rest of the ring otherwise.
    PipelineResult second = run(copy.withParallelism(3));

    assertThat(Metrics.counter(second, "ranges_skipped")).isEqualTo(before.size());
    assertThat(Metrics.counter(second, "rows_read")).isBetween(1L, (long) ROWS - 1);
    assertThat(Metrics.counter(second, "rows_read") + rowsBefore).isGreaterThanOrEqualTo(ROWS);
    assertThat(select(keyspace, "SELECT k, v FROM broken_copy"))
        .hasSize(ROWS)
        .isEqualTo(select(keyspace, "SELECT k, v FROM broken"));
    assertThat(done("broken")).containsAll(before);

    PipelineResult third = run(copy);
    assertThat(Metrics.counter(third, "rows_read")).isZero();
    assertThat(Metrics.counter(third, "splits_planned")).isZero();
  }

  @Test
  void a_copy_without_a_name_keeps_no_progress_and_one_of_another_name_copies_all() {
    Table source = numbers("again");
    Table target = numbers("again_copy");
    fill(source);
    CopyRows copy = CopyRows.between(source, target).from(connection);

    assertThat(Metrics.counter(run(copy), "rows_read")).isEqualTo(ROWS);
    assertThat(Metrics.counter(run(copy), "rows_read")).isEqualTo(ROWS);
    assertThat(Metrics.counter(run(copy.resumableAs("again-1")), "rows_read")).isEqualTo(ROWS);
    assertThat(Metrics.counter(run(copy.resumableAs("again-2")), "rows_read")).isEqualTo(ROWS);
    assertThat(Metrics.counter(run(copy.resumableAs("again-2")), "rows_read")).isZero();
    assertThat(
            select(
                keyspace,
                "SELECT source_table, target_table, rows_copied FROM pharos_copies WHERE copy ="
                    + " 'again-1'"))
        .allMatch(
            row -> row.startsWith(source.qualifiedName() + ", " + target.qualifiedName() + ", "));
  }

  @Test
  void a_name_that_is_of_other_tables_is_refused() {
    Table source = numbers("mine");
    run(CopyRows.between(source, numbers("mine_copy")).from(connection).resumableAs("taken"));

    assertThatThrownBy(
            () ->
                run(
                    CopyRows.between(source, numbers("yours"))
                        .from(connection)
                        .resumableAs("taken")))
        .hasMessageContaining("copy taken is of " + source.qualifiedName())
        .hasMessageContaining("Give this one another name");
  }

  @Test
  void a_row_that_the_target_refuses_fails_the_copy() {
    Table source = numbers("refused");
    Table target = numbers("refused_copy");
    fill(source);

    assertThatThrownBy(
            () ->
                run(
                    CopyRows.between(source, target)
                        .from(connection)
                        .through(
                            Requests.session(),
                            Faults.choosing(
                                "copy_refused", (statement, count) -> Faults.Fault.REFUSED))))
        .hasMessageContaining("copying a row failed at " + target.qualifiedName())
        .hasMessageContaining("refused by a test");
  }

  @Test
  void refuses_what_cannot_be_copied() {
    Table table = table("t").column("v", CqlType.INT).build();
    Table counters = table("counters").column("v", CqlType.COUNTER).build();
    Table lacking = table("lacking").build();
    Table other = table("other").column("v", CqlType.TEXT).build();
    Table listed = table("listed").column("l", CqlType.list(CqlType.INT)).build();
    Table turned =
        Table.named("ks", "turned")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT, Order.DESCENDING)
            .column("l", CqlType.list(CqlType.INT))
            .build();

    assertRefused(counters, counters, "table ks.counters cannot be copied: counters can be");
    assertRefused(table, table, "table ks.t cannot be copied to itself");
    assertRefused(
        table,
        lacking,
        "table ks.lacking lacks [v] of table ks.t; to leave these out, say onlyCommonColumns()");
    assertRefused(
        table,
        other,
        "ks.t and ks.other do not match:\n  - column v int regular is v text regular there");
    assertRefused(
        listed,
        turned,
        "table ks.listed and table ks.turned have different clustering orders, so that their lists"
            + " cannot be compared");
    assertThatThrownBy(() -> CopyRows.between(table, other).resumableAs("not a name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the name of a copy is 1 to 100 letters");
    assertThatThrownBy(() -> Pipeline.create().apply(CopyRows.between(table, lacking)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a connection: from(...)");
  }

  private static TableBuilder table(String name) {
    return Table.named("ks", name).partitionKey("k", CqlType.INT).clusteringKey("c", CqlType.INT);
  }

  private void assertRefused(Table source, Table target, String message) {
    assertThatThrownBy(
            () -> Pipeline.create().apply(CopyRows.between(source, target).from(connection)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
