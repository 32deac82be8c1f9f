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
  /** Ranges of grouped rows: a million rows are about 16,000 in each. */
  private static final int RANGES = 64;

  private WriteJob() {}

  static void assemble(Pipeline pipeline, JobSpec spec) {
    assemble(pipeline, spec, false, door(spec, false));
  }

  /** The rows of a partition are brought together first. */
  static void assembleGrouped(Pipeline pipeline, JobSpec spec) {
    assemble(pipeline, spec, false, door(spec, false).groupedByPartition(RANGES));
  }

  /** One row of a thousand has no key, or lies in the future; the handler gets it. */
  static void assembleWithBadRows(Pipeline pipeline, JobSpec spec) {
    Schema schema = schema(spec.asTable());
    ErrorHandler<BadRecord, PCollection<Void>> handler =
        pipeline.registerBadRecordErrorHandler(new TellBadRows(schema));
    assemble(pipeline, spec, true, door(spec, true).withErrorHandler(handler));
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

  /** A row has passed when the writer asks for its time: a shuffle before it holds all rows. */
  private static WriteTable door(JobSpec spec, boolean someBad) {
    NumberedRows rows = spec.rows();
    return WriteTable.of(spec.asTable())
        .to(spec.connection())
        .byEventTime(
            EventTime.by(
                row -> {
                  long ignored = Told.PASSING.incrementAndGet();
                  return time(rows, row, someBad);
                }));
  }

  private static void assemble(Pipeline pipeline, JobSpec spec, boolean someBad, WriteTable write) {
    Schema schema = schema(spec.asTable());
    NumberedRows rows = spec.rows();
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(rows.count()))
        .apply(
            "Rows",
            MapElements.into(TypeDescriptors.rows())
                .via(number -> row(schema, rows, number, someBad)))
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
