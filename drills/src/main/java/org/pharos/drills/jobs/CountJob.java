package org.pharos.drills.jobs;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * Increments the counter of each entity once: the only write whose repetition shows. Tells the
 * entities of which it is not known whether they were.
 */
public final class CountJob {
  /** The column that is incremented. */
  public static final String HITS = "hits";

  private CountJob() {}

  static Table table(String keyspace, String name) {
    return Table.named(keyspace, name)
        .partitionKey(NumberedRows.ENTITY, CqlType.BIGINT)
        .column(HITS, CqlType.COUNTER)
        .build();
  }

  static void assemble(Pipeline pipeline, JobSpec spec) {
    Table table = spec.asTable();
    Schema schema = table.rowSchema();
    WriteResult result =
        pipeline
            .apply("Numbers", GenerateSequence.from(0).to(spec.rows().entities()))
            .apply(
                "Rows",
                MapElements.into(TypeDescriptors.rows())
                    .via(entity -> Row.withSchema(schema).addValues(entity, 1L).build()))
            .setRowSchema(schema)
            .apply("Passing", ParDo.of(new Passing<>()))
            .setRowSchema(schema)
            .apply("Write", WriteTable.of(table).to(spec.connection()).incrementing(HITS));
    result.counts().apply("Tell", ParDo.of(new Telling<>(WriteJob::tell)));
    result.unknown().apply("Tell unknown", ParDo.of(new Telling<>(CountJob::tellUnknown)));
  }

  private static void tellUnknown(Row row) {
    Told.line(System.out, Told.UNKNOWN, String.valueOf(row.getInt64(NumberedRows.ENTITY)));
  }
}
