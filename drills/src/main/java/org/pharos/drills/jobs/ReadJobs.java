package org.pharos.drills.jobs;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.ReadTable;

/** The table through {@link ReadTable}, and its partitions through {@link LookupRows}. */
final class ReadJobs {
  /** One key more for so many that are there. */
  private static final long KEYS_FOR_A_STRANGER = 100;

  private ReadJobs() {}

  static void scan(Pipeline pipeline, JobSpec spec) {
    Table table = spec.asTable();
    tally(
        pipeline.apply("Read", ReadTable.of(table).from(spec.connection())),
        table.rowSchema(),
        spec.rows());
  }

  static void lookUp(Pipeline pipeline, JobSpec spec) {
    Table table = spec.asTable();
    Schema key = Schema.builder().addField(NumberedRows.ENTITY, Schema.FieldType.INT64).build();
    long keys = spec.rows().entities() + strangers(spec.rows());
    LookupRows.Result result =
        pipeline
            .apply("Numbers", GenerateSequence.from(0).to(keys))
            .apply(
                "Keys",
                MapElements.into(TypeDescriptors.rows())
                    .via(entity -> Row.withSchema(key).addValue(entity).build()))
            .setRowSchema(key)
            .apply("Look up", LookupRows.of(table).from(spec.connection()));
    result
        .missing()
        .apply("Tell missing", ParDo.of(new Telling<>(row -> Told.add("strangers", 1))));
    tally(result.found().apply("Rows", Values.create()), table.rowSchema(), spec.rows());
  }

  /** How many keys a look-up asks for that are not there. */
  static long strangers(NumberedRows rows) {
    return rows.entities() / KEYS_FOR_A_STRANGER;
  }

  private static void tally(PCollection<Row> read, Schema schema, NumberedRows rows) {
    read.setRowSchema(schema)
        .apply("Passing", ParDo.of(new Passing<>()))
        .setRowSchema(schema)
        .apply("Compare", Combine.globally(new TallyRows(rows)))
        .apply("Tell", ParDo.of(new Telling<>(ReadJobs::tell)));
  }

  private static void tell(RowTally tally) {
    Told.add("found", tally.found());
    Told.add("doubled", tally.doubled());
    Told.add("wrong", tally.wrong());
  }
}
