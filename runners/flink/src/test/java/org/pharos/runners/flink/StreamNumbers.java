package org.pharos.runners.flink;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.Panes;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.WriteTable;

/** A program of somebody else: numbers into a table, some every second and without an end. */
public final class StreamNumbers {
  private static final Schema NUMBER =
      Schema.builder().addInt64Field("n").addInt64Field("square").build();

  private StreamNumbers() {}

  public static void main(String[] arguments) {
    PipelineOptionsFactory.register(CassandraOptions.class);
    CassandraOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(CassandraOptions.class);
    Table numbers =
        Table.named(options.getKeyspace(), "numbers")
            .partitionKey("n", CqlType.BIGINT)
            .column("square", CqlType.BIGINT)
            .build();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Count up", GenerateSequence.from(0).withRate(100, Duration.standardSeconds(1)))
        .apply(
            "Into rows",
            MapElements.into(TypeDescriptors.rows())
                .via(n -> Row.withSchema(NUMBER).addValues(n, n * n).build()))
        .setRowSchema(NUMBER)
        .apply("Count by minutes", Panes.everyMinute())
        .apply("Write numbers", WriteTable.of(numbers).to(Connections.from(options)));
    pipeline.run();
  }
}
