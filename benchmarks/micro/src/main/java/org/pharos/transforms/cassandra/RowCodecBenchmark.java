package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pharos.schemas.Column;

/** A row of seven columns to the protocol's bytes, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowCodecBenchmark {
  private final RowEncoder encoder =
      RowEncoder.of(NarrowRows.TABLE, NarrowRows.COLUMNS, NarrowRows.TABLE.rowSchema());
  private final RowDecoder decoder =
      RowDecoder.of(
          NarrowRows.TABLE.rowSchema(),
          NarrowRows.TABLE.columns().stream().map(Column::type).toList());
  private final com.datastax.oss.driver.api.core.cql.Row driverRow =
      new DefaultRow(
          DefaultColumnDefinitions.valueOf(List.of()),
          Arrays.asList(encoder.encode(NarrowRows.ROW)));

  @Benchmark
  public @Nullable ByteBuffer[] encode() {
    return encoder.encode(NarrowRows.ROW);
  }

  @Benchmark
  public Row decode() {
    return decoder.decode(driverRow);
  }
}
