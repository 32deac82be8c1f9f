package org.pharos.benchmarks.peers.pharos;

import java.io.File;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Task;
import org.pharos.benchmarks.workload.beam.Numbers;
import org.pharos.benchmarks.workload.beam.Runners;
import org.pharos.benchmarks.workload.beam.Seen;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.BulkLoad;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.CountRows;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteCounts;
import org.pharos.transforms.cassandra.WriteTable;

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
              .apply(write(table, connection, task.rows()))
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
            .apply("Seen", ParDo.of(new Seen<>(found -> values.digest(found.getValue()))));
      }
      case COUNT -> {
        // Nothing comes out before the end, so the runner's start is put into a job before it.
        Pipeline start = Runners.pipeline(task);
        start.apply(Create.of(0L));
        start.run().waitUntilFinish();
        Meter.first();
        pipeline
            .apply(CountRows.of(table).from(connection).withParallelism(Task.PARALLELISM))
            .apply("Counted", ParDo.of(new CountedFn()));
      }
      case FEATURES ->
          FeatureJobs.events(pipeline, table, connection)
              .apply(FeatureJobs.summaries())
              .apply("Seen", ParDo.of(new Seen<>(FeatureJobs::digestOfSummary)));
      case JOIN ->
          FeatureJobs.spine(pipeline, task)
              .apply(FeatureJobs.join(FeatureJobs.events(pipeline, table, connection)))
              .apply("Seen", ParDo.of(new Seen<>(FeatureJobs::digestOfJoined)));
      case SERVE_VIEWS, SERVE_ENTITIES -> throw new IllegalStateException("no pipeline");
    }
    pipeline.run().waitUntilFinish();
  }

  /** In bulk, if the class path for that is given; grouped, if that is said. */
  private static WriteTable write(Table table, CassandraConnection connection, long rows) {
    WriteTable write = WriteTable.of(table).to(connection);
    if (Boolean.getBoolean("pharos.bench.grouped")) {
      return write.groupedByPartition((int) Math.max(2, Math.min(4_096, rows / 10_000)));
    }
    String bulk = System.getProperty("pharos.bench.bulk");
    return bulk == null
        ? write
        : write.inBulk(BulkLoad.with(List.of(bulk.split(File.pathSeparator, -1))));
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
