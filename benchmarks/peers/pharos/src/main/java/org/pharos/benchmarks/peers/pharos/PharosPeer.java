package org.pharos.benchmarks.peers.pharos;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Features;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Task;
import org.pharos.benchmarks.workload.beam.Numbers;
import org.pharos.benchmarks.workload.beam.Runners;
import org.pharos.benchmarks.workload.beam.Seen;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.CountRows;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteCounts;
import org.pharos.transforms.cassandra.WriteTable;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.SummarizeEvents;
import org.pharos.transforms.features.Trailing;

/** A pipeline for each job, as a user would write it: the doors with their defaults. */
public final class PharosPeer {
  private static final Schema KEY = Schema.builder().addInt64Field("entity_id").build();

  private PharosPeer() {}

  /** See {@link Peer#main}. */
  public static void main(String[] arguments) {
    Peer.main(PharosPeer::run, arguments);
  }

  private static void run(Task task) throws Exception {
    if (task.job().serves()) {
      ServeFeatures.run(task);
      return;
    }
    Pipeline pipeline = Runners.pipeline(task);
    Table table = BenchTable.of(task.shape());
    CassandraConnection connection =
        CassandraConnection.to(task.contactPoint()).withLocalDatacenter(task.datacenter());
    RowValues values = new RowValues(task.shape(), table.rowSchema());
    Data data = task.data();
    switch (task.job()) {
      case WRITE ->
          pipeline
              .apply(
                  Numbers.of(
                      task.rows(),
                      place -> values.row(data.row(place)),
                      RowCoder.of(table.rowSchema())))
              .setRowSchema(table.rowSchema())
              .apply(WriteTable.of(table).to(connection))
              .counts()
              .apply("Written", ParDo.of(new WrittenFn()));
      case SCAN ->
          pipeline
              .apply(ReadTable.of(table).from(connection).withParallelism(Task.PARALLELISM))
              .apply("Seen", ParDo.of(new Seen<>(values::digest)));
      case LOOKUP -> {
        PCollection<Row> keys =
            pipeline
                .apply(
                    Numbers.of(
                        task.keys(),
                        place -> Row.withSchema(KEY).addValue(data.key(place)).build(),
                        RowCoder.of(KEY)))
                .setRowSchema(KEY);
        keys.apply(LookupRows.of(table).from(connection))
            .found()
            .apply(
                "Found", MapElements.into(TypeDescriptor.of(Row.class)).via(KV<Row, Row>::getValue))
            .setRowSchema(table.rowSchema())
            .apply("Seen", ParDo.of(new Seen<>(values::digest)));
      }
      case COUNT -> {
        Meter.first();
        pipeline
            .apply(CountRows.of(table).from(connection).withParallelism(Task.PARALLELISM))
            .apply("Counted", ParDo.of(new CountedFn()));
      }
      case FEATURES ->
          pipeline
              .apply(
                  ReadTable.of(table)
                      .from(connection)
                      .withColumns("entity_id", "ts", "f1", "f2", "f3")
                      .withParallelism(Task.PARALLELISM))
              .apply("Begin", ParDo.of(new BeginFn()))
              .setRowSchema(table.rowSchema(List.of("entity_id", "ts", "f1", "f2", "f3")))
              .apply(features())
              .apply("Seen", ParDo.of(new Seen<>(PharosPeer::digest)));
      case SERVE_VIEWS, SERVE_ENTITIES -> throw new IllegalStateException("no pipeline");
    }
    pipeline.run().waitUntilFinish();
  }

  private static SummarizeEvents features() {
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

  private static long digest(Row features) {
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

  private static final class WrittenFn extends DoFn<WriteCounts, Void> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void take(@Element WriteCounts counts) {
      Meter.seen(counts.written(), 0);
    }
  }

  private static final class CountedFn extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void take(@Element Long count) {
      Meter.seen(count, 0);
    }
  }
}
