package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;

/** The table says what the last event says, whatever order events come in. */
@WithCassandra
class EventTimeTest {
  private static final Schema EVENT =
      Schema.builder()
          .addStringField("id")
          .addNullableField("a", FieldType.STRING)
          .addNullableField("b", FieldType.STRING)
          .addNullableField("happened", FieldType.DATETIME)
          .addNullableField("revision", FieldType.INT32)
          .addNullableField("expires", FieldType.DATETIME)
          .build();
  private static final Instant T = Instant.parse("2024-01-01T00:00:00Z");

  private static Table table(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("id", CqlType.TEXT)
            .column("a", CqlType.TEXT)
            .column("b", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static WriteTable byEvent(Table table, TestKeyspace keyspace) {
    return write(table, keyspace)
        .byEventTime(EventTime.from("happened").withSequence("revision").withExpiry("expires"));
  }

  private static void run(WriteTable write, List<Row> rows) {
    Pipeline pipeline = Pipelines.create();
    rows(pipeline, EVENT, rows).apply(write);
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @EnumSource(Nulls.class)
  void replays_in_any_order_leave_the_same_table(Nulls nulls, TestKeyspace keyspace) {
    Table table = table(keyspace, "replay_" + nulls.name().toLowerCase(java.util.Locale.ROOT));
    List<Row> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Instant time = T.plus(Duration.standardSeconds(i / 2));
      events.add(row(EVENT, "x", "a" + i, i == 19 ? null : "b" + i, time, i % 2, null));
    }
    WriteTable write = byEvent(table, keyspace).withNulls(nulls);
    String last = nulls == Nulls.REPLACE ? "a19, null" : "a19, b18";
    run(write, events);
    assertThat(select(keyspace, "SELECT a, b FROM " + table.name())).containsExactly(last);
    for (int seed = 0; seed < 2; seed++) {
      Collections.shuffle(events, new Random(seed));
      run(write, events);
      assertThat(select(keyspace, "SELECT a, b FROM " + table.name())).containsExactly(last);
    }
    Table fresh = table(keyspace, "fresh_" + nulls.name().toLowerCase(java.util.Locale.ROOT));
    Collections.reverse(events);
    run(byEvent(fresh, keyspace).withNulls(nulls), events);
    assertThat(select(keyspace, "SELECT a, b FROM " + fresh.name())).containsExactly(last);
    assertThat(select(keyspace, "SELECT writetime(a) FROM " + fresh.name()))
        .containsExactly(String.valueOf(T.plus(9_000).getMillis() * 1000 + 1));
  }

  @Test
  void a_time_that_says_nothing_or_lies_ahead_is_a_bad_record(TestKeyspace keyspace) {
    Table table = table(keyspace, "odd_times");
    Instant ahead = Instant.now().plus(Duration.standardMinutes(10));
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(
                pipeline,
                EVENT,
                row(EVENT, "ok", "1", null, T, 0, null),
                row(EVENT, "missing", "1", null, null, 0, null),
                row(EVENT, "least", "1", null, BoundedWindow.TIMESTAMP_MIN_VALUE, 0, null),
                row(EVENT, "ahead", "1", null, ahead, 0, null),
                row(EVENT, "sequence", "1", null, T, 1000, null),
                row(EVENT, "none", "1", null, T, null, null))
            .apply(byEvent(table, keyspace).withErrorHandler(bad.handler()));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 5, 0, 0, 0));
    PAssert.that(bad.texts())
        .containsInAnyOrder(
            bad.text(table, Reason.TIME, "the event time is missing", "missing"),
            bad.text(
                table, Reason.TIME, "the event time is the minimum, which means none", "least"),
            bad.text(
                table,
                Reason.TIME,
                "the event time is later than now by more than the tolerance of 60 s; the row could"
                    + " not be overwritten until then",
                "ahead"),
            bad.text(
                table,
                Reason.TIME,
                "the sequence within the millisecond is not in 0 to 999",
                "sequence"),
            bad.text(table, Reason.TIME, "the sequence within the millisecond is missing", "none"));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT id FROM odd_times")).containsExactly("ok");
  }

  @Test
  void what_has_expired_is_not_written_and_the_rest_lives_until_its_expiry(TestKeyspace keyspace) {
    Table table = table(keyspace, "expiring");
    Instant now = Instant.now();
    Pipeline pipeline = Pipelines.create();
    WriteResult result =
        rows(
                pipeline,
                EVENT,
                row(EVENT, "past", "1", null, T, 0, now.minus(Duration.standardSeconds(5))),
                row(EVENT, "now", "1", null, T, 0, now),
                row(EVENT, "hour", "1", null, T, 0, now.plus(Duration.standardHours(1))),
                row(EVENT, "ever", "1", null, T, 0, null))
            .apply(byEvent(table, keyspace));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(4, 0, 0, 2, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT id FROM expiring")).containsExactly("ever", "hour");
    assertThat(keyspace.execute("SELECT ttl(a) FROM expiring WHERE id = 'hour'").one().getInt(0))
        .isBetween(3_400, 3_600);
    assertThat(keyspace.execute("SELECT ttl(a) FROM expiring WHERE id = 'ever'").one().isNull(0))
        .isTrue();
  }

  @Test
  void the_time_can_be_computed_or_be_that_of_the_element(TestKeyspace keyspace) {
    Table table = table(keyspace, "computed");
    Schema plain =
        Schema.builder().addStringField("id").addNullableField("a", FieldType.STRING).build();
    Pipeline pipeline = Pipelines.create();
    pipeline
        .apply(
            Create.timestamped(TimestampedValue.of(row(plain, "element", "1"), T.plus(7)))
                .withCoder(RowCoder.of(plain)))
        .setRowSchema(plain)
        .apply("element", write(table, keyspace).byEventTime(EventTime.ofElement()));
    rows(pipeline, plain, row(plain, "function", "9"))
        .apply(
            "function",
            write(table, keyspace)
                .byEventTime(EventTime.by(row -> T.plus(Long.parseLong(row.getString("a"))))));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT id, writetime(a) FROM computed"))
        .containsExactly(
            "element, " + T.plus(7).getMillis() + "000",
            "function, " + T.plus(9).getMillis() + "000");
  }

  @Test
  void a_deletion_removes_what_happened_before_it_in_any_order(TestKeyspace keyspace) {
    Table table = table(keyspace, "deleted");
    for (Row deletion :
        List.of(
            row(EVENT, "x", null, null, T.plus(10), 0, null),
            row(EVENT, "y", null, null, T.plus(10), 0, null))) {
      Pipeline pipeline = Pipelines.create();
      rows(pipeline, EVENT, deletion)
          .apply(
              DeleteRows.of(table)
                  .from(Writing.connection(keyspace))
                  .byEventTime(EventTime.from("happened")));
      pipeline.run().waitUntilFinish();
    }
    run(
        byEvent(table, keyspace),
        List.of(
            row(EVENT, "x", "before", null, T.plus(9), 0, null),
            row(EVENT, "y", "after", null, T.plus(11), 0, null)));
    assertThat(select(keyspace, "SELECT id, a FROM deleted")).containsExactly("y, after");
  }

  @Test
  void refuses_what_cannot_be_replayed(TestKeyspace keyspace) {
    Table lists =
        Table.named(keyspace.name(), "lists")
            .partitionKey("id", CqlType.TEXT)
            .column("l", CqlType.list(CqlType.INT))
            .build();
    Table counters =
        Table.named(keyspace.name(), "counters")
            .partitionKey("id", CqlType.TEXT)
            .column("n", CqlType.COUNTER)
            .build();
    Schema list =
        Schema.builder()
            .addStringField("id")
            .addArrayField("l", FieldType.INT32)
            .addDateTimeField("t")
            .addInt64Field("micros")
            .build();
    Schema count =
        Schema.builder().addStringField("id").addInt64Field("n").addDateTimeField("t").build();
    EventTime time = EventTime.from("t");
    Row listRow = row(list, "x", List.of(1), T, 5L);
    Row countRow = row(count, "x", 1L, T);
    Pipeline pipeline = Pipelines.create();
    WriteTable toLists = write(lists, keyspace);
    assertThatThrownBy(
            () -> rows(pipeline, list, listRow).apply(toLists.adding("l").byEventTime(time)))
        .hasMessageContaining("event time is for writes that can be replayed");
    assertThatThrownBy(() -> rows(pipeline, list, listRow).apply(toLists.byEventTime(time)))
        .hasMessageContaining("lists, of which Cassandra keeps the elements of each write");
    assertThatThrownBy(
            () -> rows(pipeline, list, listRow).apply(toLists.ifNotExists().byEventTime(time)))
        .hasMessageContaining("a conditional write has the server's timestamp");
    assertThatThrownBy(
            () ->
                rows(pipeline, count, countRow)
                    .apply(write(counters, keyspace).incrementing("n").byEventTime(time)))
        .hasMessageContaining("counters have no timestamp");
    assertThatThrownBy(
            () ->
                rows(pipeline, list, listRow)
                    .apply(toLists.byEventTime(EventTime.from("micros").withPaneSequence())))
        .hasMessageContaining("leave no digits for a sequence");
  }
}
