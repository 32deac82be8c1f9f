package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.oneBundle;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Faults.Fault;
import org.pharos.transforms.cassandra.LwtOutcome.State;

/** Applied, not applied and unknown come out apart. */
@WithCassandra
class ConditionalWritesTest {
  private static final Schema SWAP =
      Schema.builder()
          .addStringField("k")
          .addInt32Field("version")
          .addStringField("owner")
          .addNullableField("expected", FieldType.INT32)
          .build();

  private static final Set<String> LOST = ConcurrentHashMap.newKeySet();

  private static Table locks(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .column("owner", CqlType.TEXT)
            .column("version", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static LwtOutcome outcome(Row row, State state, @Nullable Row current) {
    return new LwtOutcome(row, state, current);
  }

  @Test
  void inserts_only_what_is_not_there_and_shows_what_is(TestKeyspace keyspace) {
    Table table = locks(keyspace, "absent");
    Schema schema = table.rowSchema();
    keyspace.execute("INSERT INTO absent (k, owner, version) VALUES ('taken', 'me', 7)");
    Row free = row(schema, "free", "you", 1);
    Row taken = row(schema, "taken", "you", 1);
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        rows(pipeline, schema, free, taken)
            .apply(write(table, keyspace).ifNotExists().withTimeToLive(Duration.standardHours(1)));
    PAssert.that(result.outcomes())
        .containsInAnyOrder(
            outcome(free, State.APPLIED, null),
            outcome(taken, State.NOT_APPLIED, row(schema, "taken", "me", 7)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 1, 0, 0, 1));
    PAssert.that(result.unknown()).empty();
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM absent"))
        .containsExactly("free, you, 1", "taken, me, 7");
    assertThat(select(keyspace, "SELECT ttl(owner) FROM absent WHERE k = 'free'"))
        .allMatch(ttl -> Integer.parseInt(ttl) > 3_000);
  }

  @Test
  void updates_only_what_is_there(TestKeyspace keyspace) {
    Table table = locks(keyspace, "present");
    Schema schema = table.rowSchema();
    keyspace.execute("INSERT INTO present (k, owner, version) VALUES ('there', 'me', 7)");
    Row there = row(schema, "there", "you", 8);
    Row gone = row(schema, "gone", "you", 8);
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        rows(pipeline, schema, there, gone).apply(write(table, keyspace).ifExists());
    PAssert.that(result.outcomes())
        .containsInAnyOrder(
            outcome(there, State.APPLIED, null), outcome(gone, State.NOT_APPLIED, null));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM present")).containsExactly("there, you, 8");
  }

  @Test
  void updates_where_a_column_is_as_expected(TestKeyspace keyspace) {
    Table table = locks(keyspace, "swap");
    keyspace.execute("INSERT INTO swap (k, owner, version) VALUES ('right', 'me', 1)");
    keyspace.execute("INSERT INTO swap (k, owner, version) VALUES ('wrong', 'me', 5)");
    keyspace.execute("INSERT INTO swap (k, owner) VALUES ('none', 'me')");
    Row right = row(SWAP, "right", 2, "you", 1);
    Row wrong = row(SWAP, "wrong", 2, "you", 1);
    Row none = row(SWAP, "none", 2, "you", null);
    Row gone = row(SWAP, "gone", 2, "you", 1);
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        rows(pipeline, SWAP, right, wrong, none, gone)
            .apply(write(table, keyspace).ifMatches("version", "expected"));
    Schema current = table.rowSchema(List.of("k", "version"));
    PAssert.that(result.outcomes())
        .containsInAnyOrder(
            outcome(right, State.APPLIED, null),
            outcome(wrong, State.NOT_APPLIED, row(current, "wrong", 5)),
            outcome(none, State.APPLIED, null),
            outcome(gone, State.NOT_APPLIED, null));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM swap"))
        .containsExactly("none, you, 2", "right, you, 2", "wrong, me, 5");
  }

  @Test
  void writes_to_one_partition_take_turns(TestKeyspace keyspace) {
    Table table = locks(keyspace, "turns");
    Schema schema = table.rowSchema();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(row(schema, "k" + i % 2, "o" + i, i));
    }
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        oneBundle(pipeline, schema, rows).apply(write(table, keyspace).ifNotExists());
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(2, 58, 0, 0, 58));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM turns")).containsExactly("k0, o0, 0", "k1, o1, 1");
  }

  @Test
  void a_lost_answer_is_looked_up_and_is_unknown_only_if_that_cannot_tell(TestKeyspace keyspace) {
    Table table = locks(keyspace, "lost");
    Schema schema = table.rowSchema();
    keyspace.execute("INSERT INTO lost (k, owner, version) VALUES ('other', 'me', 7)");
    Row applied = row(schema, "applied", "you", 1);
    Row again = row(schema, "again", "you", 1);
    Row other = row(schema, "other", "you", 1);
    Row blind = row(schema, "blind", "you", 1);
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        oneBundle(pipeline, schema, List.of(applied, again, other, blind))
            .apply(
                write(table, keyspace)
                    .ifNotExists()
                    .withExecution(Faults.choosing("lost", ConditionalWritesTest::losing)));
    PAssert.that(result.outcomes())
        .containsInAnyOrder(
            outcome(applied, State.APPLIED, null),
            outcome(again, State.APPLIED, null),
            outcome(other, State.UNKNOWN, row(schema, "other", "me", 7)),
            outcome(blind, State.UNKNOWN, null));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(2, 0, 2, 0, 0));
    PAssert.that(result.unknown()).containsInAnyOrder(other, blind);
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM lost"))
        .containsExactly("again, you, 1", "applied, you, 1", "blind, you, 1", "other, me, 7");
  }

  /** Loses the answer to the first write of each key. */
  private static Fault losing(
      com.datastax.oss.driver.api.core.cql.Statement<?> statement, int count) {
    String key = Faults.text(statement, "k");
    if (Faults.isRead(statement)) {
      return key.equals("blind") ? Fault.REFUSED : Fault.NONE;
    } else if (!LOST.add(Faults.query(statement) + key)) {
      return Fault.NONE;
    }
    return key.equals("again") ? Fault.TIMEOUT_BEFORE : Fault.TIMEOUT_AFTER;
  }

  @Test
  void a_swap_whose_answer_was_lost_is_decided_by_the_version(TestKeyspace keyspace) {
    Table table = locks(keyspace, "lost_swap");
    for (String k : List.of("applied", "again", "other")) {
      keyspace.execute("INSERT INTO lost_swap (k, owner, version) VALUES ('" + k + "', 'me', 1)");
    }
    Row applied = row(SWAP, "applied", 2, "you", 1);
    Row again = row(SWAP, "again", 2, "you", 1);
    Row other = row(SWAP, "other", 2, "you", 5);
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        oneBundle(pipeline, SWAP, List.of(applied, again, other))
            .apply(
                write(table, keyspace)
                    .ifMatches("version", "expected")
                    .withExecution(Faults.choosing("lost_swap", ConditionalWritesTest::losing)));
    Schema current = table.rowSchema(List.of("k", "version"));
    PAssert.that(result.outcomes())
        .containsInAnyOrder(
            outcome(applied, State.APPLIED, null),
            outcome(again, State.APPLIED, null),
            outcome(other, State.UNKNOWN, row(current, "other", 1)));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM lost_swap"))
        .containsExactly("again, you, 2", "applied, you, 2", "other, me, 1");
  }

  @Test
  void says_what_does_not_go_with_a_condition(TestKeyspace keyspace) {
    Table table = locks(keyspace, "conflict");
    Schema schema = table.rowSchema();
    Pipeline pipeline = Pipelines.create();
    Row one = row(schema, "k", "me", 1);
    WriteTable write = write(table, keyspace);
    assertThatThrownBy(
            () ->
                rows(pipeline, schema, one)
                    .apply(write.ifMatches("k", "owner").withTimestampFrom("version")))
        .hasMessageContaining("a conditional write has the server's timestamp")
        .hasMessageContaining("the condition's column k is no column outside the key");
    assertThatThrownBy(() -> rows(pipeline, schema, one).apply(write.asUpdate().ifNotExists()))
        .hasMessageContaining("ifNotExists() inserts");
    assertThatThrownBy(() -> rows(pipeline, schema, one).apply(write).outcomes())
        .hasMessageContaining("only conditional writes have outcomes");
    assertThatThrownBy(() -> write.withSerialConsistency(Consistency.QUORUM))
        .hasMessageContaining("not at QUORUM");
  }
}
