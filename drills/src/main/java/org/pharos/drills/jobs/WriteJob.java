package org.pharos.drills.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.EventTime;
import org.pharos.transforms.cassandra.WriteCounts;
import org.pharos.transforms.cassandra.WriteTable;

/** Generated rows through {@link WriteTable}, in event-time mode, so that it may be repeated. */
final class WriteJob {
  private WriteJob() {}

  static void assemble(Pipeline pipeline, JobSpec spec) {
    write(pipeline, spec, false, null);
  }

  /** One row of a thousand has no key, or lies in the future; the handler gets it. */
  static void assembleWithBadRows(Pipeline pipeline, JobSpec spec) {
    Schema schema = schema(spec.asTable());
    ErrorHandler<BadRecord, PCollection<Void>> handler =
        pipeline.registerBadRecordErrorHandler(new TellBadRows(schema));
    write(pipeline, spec, true, handler);
    try {
      handler.close();
    } catch (Exception e) {
      throw new IllegalStateException("the handler of bad records cannot be closed", e);
    }
  }

  /** Whether the row of a number is one that cannot be written. */
  static boolean isBad(long number) {
    return number % 1_000 == 999;
  }

  private static void write(
      Pipeline pipeline,
      JobSpec spec,
      boolean someBad,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    Table table = spec.asTable();
    Schema schema = schema(table);
    NumberedRows rows = spec.rows();
    WriteTable write =
        WriteTable.of(table)
            .to(spec.connection())
            .byEventTime(EventTime.by(row -> time(rows, row, someBad)));
    if (handler != null) {
      write = write.withErrorHandler(handler);
    }
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(rows.count()))
        .apply(
            "Rows",
            MapElements.into(TypeDescriptors.rows())
                .via(number -> row(schema, rows, number, someBad)))
        .setRowSchema(schema)
        .apply("Passing", ParDo.of(new Passing<>()))
        .setRowSchema(schema)
        .apply("Write", write)
        .counts()
        .apply("Tell", ParDo.of(new Telling<>(WriteJob::tell)));
  }

  static void tell(WriteCounts counts) {
    Told.add("written", counts.written());
    Told.add("total", counts.total());
  }

  /** Keys may be null here, as those of bad rows are. */
  private static Schema schema(Table table) {
    Schema.Builder schema = Schema.builder();
    table
        .rowSchema()
        .getFields()
        .forEach(field -> schema.addNullableField(field.getName(), field.getType()));
    return schema.build();
  }

  private static Row row(Schema schema, NumberedRows rows, long number, boolean someBad) {
    List<@Nullable Object> values = new ArrayList<>(rows.values(number));
    if (someBad && isBad(number) && !isAhead(number)) {
      values.set(0, null);
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static boolean isAhead(long number) {
    return number / 1_000 % 2 == 1;
  }

  private static @Nullable Instant time(NumberedRows rows, Row row, boolean someBad) {
    Long number = row.getInt64(NumberedRows.NUMBER);
    if (number == null) {
      return null;
    }
    return someBad && isBad(number) && isAhead(number)
        ? Instant.parse("2999-01-01T00:00:00Z")
        : Instant.ofEpochMilli(rows.eventMicros(number) / 1_000);
  }

  /** Counts the bad records whose original is one of those that are bad. */
  private static final class TellBadRows
      extends PTransform<PCollection<BadRecord>, PCollection<Void>> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;

    TellBadRows(Schema schema) {
      this.schema = schema;
    }

    @Override
    public PCollection<Void> expand(PCollection<BadRecord> records) {
      Schema rowSchema = schema;
      return records.apply(
          "Tell bad rows",
          ParDo.of(
              new Telling<>(
                  record -> {
                    Long number = original(rowSchema, record).getInt64(NumberedRows.NUMBER);
                    Told.add(number != null && isBad(number) ? "bad" : "wrongly bad", 1);
                  })));
    }

    private static Row original(Schema schema, BadRecord record) {
      try {
        return RowCoder.of(schema)
            .decode(new ByteArrayInputStream(record.getRecord().getEncodedRecord()));
      } catch (IOException e) {
        throw new UncheckedIOException("a bad record does not carry its row", e);
      }
    }
  }
}
