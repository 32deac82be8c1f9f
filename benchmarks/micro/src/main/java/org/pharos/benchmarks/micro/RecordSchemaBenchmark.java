package org.pharos.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A record to a Row and back, beside Beam's own AutoValue of the same shape. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordSchemaBenchmark {
  private static final Instant TS = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final String PAYLOAD = "a payload of sixty characters, more or less, like others";

  private final RecordEntry record = new RecordEntry(42, TS, 0.25, 0.5, 0.75, 7, PAYLOAD);
  private final AutoEntry auto = AutoEntry.of(42, TS, 0.25, 0.5, 0.75, 7, PAYLOAD);
  private final SerializableFunction<RecordEntry, Row> recordToRow;
  private final SerializableFunction<Row, RecordEntry> rowToRecord;
  private final SerializableFunction<AutoEntry, Row> autoToRow;
  private final SerializableFunction<Row, AutoEntry> rowToAuto;
  private final Row recordRow;
  private final Row autoRow;

  public RecordSchemaBenchmark() {
    try {
      SchemaRegistry schemas = SchemaRegistry.createDefault();
      recordToRow = schemas.getToRowFunction(RecordEntry.class);
      rowToRecord = schemas.getFromRowFunction(RecordEntry.class);
      autoToRow = schemas.getToRowFunction(AutoEntry.class);
      rowToAuto = schemas.getFromRowFunction(AutoEntry.class);
      recordRow = plain(recordToRow.apply(record));
      autoRow = plain(autoToRow.apply(auto));
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A Row that does not remember what it was made of. */
  private static Row plain(Row row) {
    return Row.withSchema(row.getSchema()).addValues(row.getValues()).build();
  }

  @Benchmark
  public void recordToRow(Blackhole out) {
    consume(recordToRow.apply(record), out);
  }

  @Benchmark
  public void autoValueToRow(Blackhole out) {
    consume(autoToRow.apply(auto), out);
  }

  @Benchmark
  public RecordEntry rowToRecord() {
    return rowToRecord.apply(recordRow);
  }

  @Benchmark
  public AutoEntry rowToAutoValue() {
    return rowToAuto.apply(autoRow);
  }

  /** Rows may be lazy: a conversion is over when each field was asked for. */
  private static void consume(Row row, Blackhole out) {
    for (int i = 0; i < row.getFieldCount(); i++) {
      out.consume(row.<Object>getValue(i));
    }
  }
}
