package org.pharos.benchmarks.peers.pharos;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Features;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Spine;
import org.pharos.benchmarks.workload.Task;
import org.pharos.benchmarks.workload.beam.Numbers;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.JoinPointInTime;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.SummarizeEvents;
import org.pharos.transforms.features.Trailing;

/** Features out of events, and a spine joined with them. */
final class FeatureJobs {
  private static final String[] COLUMNS = {"entity_id", "ts", "f1", "f2", "f3"};
  private static final Schema SPINE =
      Schema.builder().addInt64Field("entity_id").addDateTimeField("at").build();

  private FeatureJobs() {}

  /** The rows that features are made of; the first of them begins what is measured. */
  static PCollection<Row> events(Pipeline pipeline, Table table, CassandraConnection connection) {
    return pipeline
        .apply(
            ReadTable.of(table)
                .from(connection)
                .withColumns(COLUMNS)
                .withParallelism(Task.PARALLELISM))
        .apply("Begin", ParDo.of(new BeginFn()))
        .setRowSchema(table.rowSchema(List.of(COLUMNS)));
  }

  static SummarizeEvents summaries() {
    Trailing last = Trailing.of(Duration.millis(Features.WINDOW_MILLIS));
    return SummarizeEvents.by("entity_id")
        .asOf(Instant.ofEpochMilli(Features.AS_OF_MILLIS))
        .withEventTime("ts")
        .with("count", Count.events(), last, Trailing.all())
        .with("sum", Sum.of("f1"), last, Trailing.all())
        .with("mean", Mean.of("f2"))
        .with("min", Min.of("f3"), last)
        .with("max", Max.of("f3"));
  }

  static long digestOfSummary(Row features) {
    return Features.digest(
        features.getInt64(0),
        features.getInt64(2),
        features.getInt64(3),
        features.getDouble(4),
        features.getDouble(5),
        features.getDouble(6),
        features.getDouble(7),
        features.getDouble(8));
  }

  static PCollection<Row> spine(Pipeline pipeline, Task task) {
    return pipeline
        .apply(
            "Make spine",
            Numbers.of(
                task.rows() / Data.ROWS_A_PARTITION,
                entity ->
                    Row.withSchema(SPINE)
                        .addValues(entity, Instant.ofEpochMilli(Spine.at(entity)))
                        .build(),
                RowCoder.of(SPINE)))
        .setRowSchema(SPINE);
  }

  /** Joins a spine with events as if they were features. */
  static JoinPointInTime join(PCollection<Row> events) {
    FeatureView view =
        FeatureView.named("narrow", 1).of(events.getSchema()).by("entity_id").at("ts");
    Schema known =
        Schema.builder()
            .addFields(events.getSchema().getFields())
            .addDateTimeField(FeatureView.KNOWN_AT)
            .build();
    PCollection<Row> history =
        events
            .apply(
                "Say when it was known",
                MapElements.into(TypeDescriptors.rows()).via(row -> known(row, known)))
            .setRowSchema(known);
    return JoinPointInTime.at("at").merging(view, history);
  }

  private static Row known(Row row, Schema schema) {
    List<@Nullable Object> values = new ArrayList<>(row.getValues());
    values.add(row.getDateTime("ts").toInstant().plus(Duration.millis(Spine.KNOWN_AFTER_MILLIS)));
    return Row.withSchema(schema).attachValues(values);
  }

  static long digestOfJoined(Row row) {
    return Spine.digest(
        row.getInt64(0),
        row.getDateTime(1).getMillis(),
        row.getDateTime(2) == null
            ? null
            : new Object[] {
              row.getDateTime(2).getMillis(), row.getDouble(3), row.getDouble(4), row.getDouble(5)
            });
  }

  private static final class BeginFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1;

    @StartBundle
    public void begin() {
      Meter.first();
    }

    @ProcessElement
    public void pass(@Element Row row, OutputReceiver<Row> out) {
      out.output(row);
    }
  }
}
