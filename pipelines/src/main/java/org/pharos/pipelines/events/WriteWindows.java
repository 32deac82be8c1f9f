package org.pharos.pipelines.events;

import static org.pharos.transforms.features.SummarizeWindows.LAST_EVENT;
import static org.pharos.transforms.features.SummarizeWindows.REVISION;
import static org.pharos.transforms.features.SummarizeWindows.WINDOW_START;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.Panes;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.DeleteRows;
import org.pharos.transforms.cassandra.Nulls;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * The rows of {@code SummarizeWindows} into a table, so that it shows the newest result of each
 * window, in whatever order and however often rows come.
 *
 * <p>A row's write timestamp is its window's start in microseconds, plus its revision: of two rows
 * of one window the one of more events wins in every column, nulls included, whatever its values
 * are. The table's clustering key is the window's start, so that windows do not meet.
 *
 * <p>Where windows merge, the starts behind a window's own, until its last event, are those of
 * windows that it has swallowed: they are deleted, with the time of that event plus the revision,
 * which is later than any of their rows can have, since a swallowed window began no later and had
 * fewer events. A window of a single event has swallowed none.
 */
final class WriteWindows extends PTransform<PCollection<Row>, WriteResult> {
  private static final long serialVersionUID = 1L;

  /** What separates times in Cassandra. */
  private static final Duration MILLISECOND = Duration.millis(1);

  private static final String WRITTEN_AT = "window:written_at";
  private static final String FROM = "window:from";
  private static final String TO = "window:to";

  private final Table table;
  private final CassandraConnection connection;
  private final boolean merging;

  private WriteWindows(Table table, CassandraConnection connection, boolean merging) {
    this.table = table;
    this.connection = connection;
    this.merging = merging;
  }

  /** Into this table, whose partition key is the entity; merging if windows may become one. */
  static WriteWindows into(Table table, CassandraConnection connection, boolean merging) {
    return new WriteWindows(table, connection, merging);
  }

  @Override
  public WriteResult expand(PCollection<Row> windows) {
    Schema stamped =
        Schema.builder()
            .addFields(windows.getSchema().getFields())
            .addInt64Field(WRITTEN_AT)
            .build();
    if (merging) {
      Schema swallowed =
          Schema.builder()
              .addFields(
                  table.partitionKey().stream()
                      .map(column -> windows.getSchema().getField(column.name()))
                      .toList())
              .addDateTimeField(FROM)
              .addDateTimeField(TO)
              .addInt64Field(WRITTEN_AT)
              .build();
      WriteResult ignored =
          windows
              .apply("Find swallowed windows", ParDo.of(new SwallowedFn(swallowed)))
              .setRowSchema(swallowed)
              .apply("Count deletions by minutes", Panes.everyMinute())
              .apply(
                  "Delete swallowed windows",
                  DeleteRows.of(table)
                      .from(connection)
                      .byRange(WINDOW_START, FROM, TO)
                      .withTimestampFrom(WRITTEN_AT));
    }
    return windows
        .apply("Stamp windows", ParDo.of(new StampFn(stamped)))
        .setRowSchema(stamped)
        .apply("Count by minutes", Panes.everyMinute())
        .apply(
            "Write windows",
            WriteTable.of(table)
                .to(connection)
                .withNulls(Nulls.REPLACE)
                .withTimestampFrom(WRITTEN_AT));
  }

  private static long micros(ReadableInstant time, Row window) {
    return time.getMillis() * 1000 + Objects.requireNonNull(window.getInt64(REVISION));
  }

  private static ReadableInstant time(Row window, String field) {
    return Objects.requireNonNull(window.getDateTime(field), field);
  }

  private static final class StampFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;
    private final Schema schema;

    StampFn(Schema schema) {
      this.schema = schema;
    }

    @ProcessElement
    public void stamp(@Element Row window, OutputReceiver<Row> out) {
      List<@Nullable Object> values = new ArrayList<>(window.getValues());
      values.add(micros(time(window, WINDOW_START), window));
      out.output(Row.withSchema(schema).attachValues(values));
    }
  }

  private static final class SwallowedFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;
    private final Schema schema;

    SwallowedFn(Schema schema) {
      this.schema = schema;
    }

    @ProcessElement
    public void find(@Element Row window, OutputReceiver<Row> out) {
      ReadableInstant start = time(window, WINDOW_START);
      ReadableInstant last = time(window, LAST_EVENT);
      if (!last.isAfter(start)) {
        return;
      }
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < schema.getFieldCount() - 3; i++) {
        values.add(window.getValue(schema.getField(i).getName()));
      }
      values.add(start.toInstant().plus(MILLISECOND));
      values.add(last.toInstant().plus(MILLISECOND));
      values.add(micros(last, window));
      out.output(Row.withSchema(schema).attachValues(values));
    }
  }
}
