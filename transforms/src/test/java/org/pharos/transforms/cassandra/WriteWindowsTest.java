package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.oneBundle;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Results and bad records keep the timestamp, window and pane of their rows. */
@WithCassandra
class WriteWindowsTest {
  private static final Instant T = new Instant(0);
  private static final Duration MINUTE = Duration.standardMinutes(1);
  private static final Schema TIMED =
      Schema.builder().addNullableField("k", FieldType.STRING).addInt64Field("seconds").build();

  private static Table table(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .column("seconds", CqlType.BIGINT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static IntervalWindow minute(int number) {
    return new IntervalWindow(
        T.plus(MINUTE.multipliedBy(number)), T.plus(MINUTE.multipliedBy(number + 1)));
  }

  /** Rows in one bundle, each at its seconds, in windows of a minute. */
  private static PCollection<Row> timed(Pipeline pipeline, Duration window, Row... rows) {
    return oneBundle(pipeline, TIMED, List.of(rows))
        .apply(
            "Timestamps",
            WithTimestamps.<Row>of(row -> T.plus(Duration.standardSeconds(row.getInt64("seconds"))))
                .withAllowedTimestampSkew(new Duration(Long.MAX_VALUE)))
        .setRowSchema(TIMED)
        .apply("Windows", Window.into(FixedWindows.of(window)));
  }

  /** Says of each element where and when it is. */
  private static final class Placed<V> extends DoFn<V, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element V element,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        PaneInfo pane,
        OutputReceiver<String> out) {
      Object shown =
          element instanceof LwtOutcome outcome
              ? outcome.row().getString("k") + " " + outcome.state()
              : element;
      String start = window instanceof IntervalWindow w ? w.start().getMillis() / 1000 + "" : "-";
      out.output(
          shown
              + " @"
              + timestamp.getMillis() / 1000
              + " in "
              + start
              + " pane "
              + pane.getIndex());
    }
  }

  private static final class PlacedBadRecords
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
              "JSON",
              MapElements.into(TypeDescriptors.strings())
                  .via(record -> record.getRecord().getHumanReadableJsonRecord()))
          .apply("Placed", ParDo.of(new Placed<String>()));
    }
  }

  @Test
  void one_bundle_with_two_windows_and_falling_timestamps(TestKeyspace keyspace) throws Exception {
    Table table = table(keyspace, "falling");
    Pipeline pipeline = Pipelines.create();
    ErrorHandler<BadRecord, PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new PlacedBadRecords());
    WriteResult result =
        timed(
                pipeline,
                MINUTE,
                row(TIMED, "a", 110L),
                row(TIMED, null, 100L),
                row(TIMED, "b", 70L),
                row(TIMED, null, 50L),
                row(TIMED, "c", 40L),
                row(TIMED, "a", 30L))
            .apply(write(table, keyspace).ifNotExists().withErrorHandler(handler));
    handler.close();
    PAssert.that(result.counts())
        .inWindow(minute(0))
        .containsInAnyOrder(new WriteCounts(1, 2, 0, 0, 1));
    PAssert.that(result.counts())
        .inWindow(minute(1))
        .containsInAnyOrder(new WriteCounts(2, 1, 0, 0, 0));
    PAssert.that(result.outcomes().apply("Placed", ParDo.of(new Placed<>())))
        .containsInAnyOrder(
            "a APPLIED @110 in 60 pane 0",
            "b APPLIED @70 in 60 pane 0",
            "c APPLIED @40 in 0 pane 0",
            "a NOT_APPLIED @30 in 0 pane 0");
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "{\"k\":null,\"seconds\":100} @100 in - pane 0",
            "{\"k\":null,\"seconds\":50} @50 in - pane 0");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void one_handler_serves_writers_with_different_windows(TestKeyspace keyspace) throws Exception {
    Table table = table(keyspace, "handled");
    Pipeline pipeline = Pipelines.create();
    ErrorHandler<BadRecord, PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new PlacedBadRecords());
    WriteTable write = write(table, keyspace).withErrorHandler(handler);
    timed(pipeline, MINUTE, row(TIMED, "a", 10L), row(TIMED, null, 20L)).apply("minutes", write);
    Writing.rows(pipeline, TIMED, row(TIMED, "b", 1L), row(TIMED, null, 2L))
        .apply(
            "Trigger",
            Window.<Row>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("global", write);
    handler.close();
    PAssert.that(
            handler
                .getOutput()
                .apply(
                    "Texts",
                    MapElements.into(TypeDescriptors.strings())
                        .via(text -> text.substring(0, text.indexOf(" @")))))
        .containsInAnyOrder("{\"k\":null,\"seconds\":20}", "{\"k\":null,\"seconds\":2}");
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM handled")).containsExactly("a", "b");
  }

  @Test
  void a_stream_is_written_window_by_window_and_can_be_waited_on(TestKeyspace keyspace) {
    Table table = table(keyspace, "streamed");
    Pipeline pipeline = Pipelines.create();
    TestStream<Row> stream =
        TestStream.create(RowCoder.of(TIMED))
            .advanceWatermarkTo(T)
            .addElements(at("a", 10), at("b", 20))
            .advanceWatermarkTo(T.plus(MINUTE))
            .addElements(at("c", 70))
            .addElements(at("d", 80))
            .advanceWatermarkToInfinity();
    PCollection<Row> rows =
        pipeline
            .apply(stream)
            .setRowSchema(TIMED)
            .apply("Windows", Window.into(FixedWindows.of(MINUTE)));
    WriteResult result = rows.apply(write(table, keyspace));
    PAssert.that(result.counts())
        .inWindow(minute(0))
        .containsInAnyOrder(new WriteCounts(2, 0, 0, 0, 0));
    PAssert.that(result.counts())
        .inWindow(minute(1))
        .containsInAnyOrder(new WriteCounts(2, 0, 0, 0, 0));
    PCollection<String> found =
        rows.apply(Wait.on(result.counts()))
            .setRowSchema(TIMED)
            .apply(ParDo.of(new Find(Writing.connection(keyspace), table)));
    PAssert.that(found).containsInAnyOrder("a 10", "b 20", "c 70", "d 80");
    pipeline.run().waitUntilFinish();
  }

  private static TimestampedValue<Row> at(String k, long seconds) {
    return TimestampedValue.of(row(TIMED, k, seconds), T.plus(Duration.standardSeconds(seconds)));
  }

  /** Finds a row that must have been written. */
  private static final class Find extends DoFn<Row, String> {
    private static final long serialVersionUID = 1L;

    private final CassandraConnection connection;
    private final Table table;

    Find(CassandraConnection connection, Table table) {
      this.connection = connection;
      this.table = table;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<String> out) {
      try (Lease lease = Sessions.acquire(connection)) {
        var found =
            lease
                .session()
                .execute(
                    "SELECT k, seconds FROM " + table.qualifiedName() + " WHERE k = ?",
                    row.getString("k"))
                .one();
        out.output(
            found == null ? "nothing" : found.getString("k") + " " + found.getLong("seconds"));
      }
    }
  }

  @Test
  void refuses_a_stream_in_one_window_that_never_closes(TestKeyspace keyspace) {
    Table table = table(keyspace, "endless");
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> stream =
        pipeline
            .apply(TestStream.create(RowCoder.of(TIMED)).advanceWatermarkToInfinity())
            .setRowSchema(TIMED);
    assertThatThrownBy(() -> stream.apply(write(table, keyspace)))
        .hasMessageContaining("Window.into(FixedWindows.of(...))")
        .hasMessageContaining("Repeatedly.forever");
    WriteResult result =
        stream
            .apply(
                Window.<Row>into(new GlobalWindows())
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("with a trigger", write(table, keyspace));
    assertThat(result.counts()).isNotNull();
  }

  private static PCollection<Row> sliding(Pipeline pipeline) {
    return timed(pipeline, MINUTE, row(TIMED, "a", 70L))
        .apply("Sliding", Window.into(SlidingWindows.of(MINUTE.multipliedBy(2)).every(MINUTE)));
  }

  @Test
  void overlapping_windows_count_a_row_in_each_and_are_refused_for_counters(TestKeyspace keyspace) {
    Table table = table(keyspace, "sliding");
    Table counters =
        Table.named(keyspace.name(), "sliding_counts")
            .partitionKey("k", CqlType.TEXT)
            .column("seconds", CqlType.COUNTER)
            .build();
    TestConnections.create(keyspace, counters);
    assertThatThrownBy(
            () ->
                sliding(Pipelines.create())
                    .apply(write(counters, keyspace).incrementing("seconds")))
        .hasMessageContaining("overlap")
        .hasMessageContaining("put the rows into fixed windows");
    Pipeline pipeline = Pipelines.create();
    WriteResult result = sliding(pipeline).apply(write(table, keyspace));
    List<IntervalWindow> windows = new ArrayList<>();
    windows.add(new IntervalWindow(T, MINUTE.multipliedBy(2)));
    windows.add(new IntervalWindow(T.plus(MINUTE), MINUTE.multipliedBy(2)));
    for (IntervalWindow window : windows) {
      PAssert.that(result.counts())
          .inWindow(window)
          .containsInAnyOrder(new WriteCounts(1, 0, 0, 0, 0));
    }
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, seconds FROM sliding")).containsExactly("a, 70");
  }
}
