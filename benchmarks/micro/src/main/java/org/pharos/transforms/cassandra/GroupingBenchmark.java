package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** 20,000 rows of 2,000 partitions into batches, in order or shuffled. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupingBenchmark {
  private static final int ROWS = 20_000;

  @Param({"false", "true"})
  boolean shuffled;

  private final List<PendingRow> rows = new ArrayList<>();

  @Setup
  public void fill() {
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(ByteBuffer.allocate(8).putLong(0, i / 10)));
    }
    if (shuffled) {
      Collections.shuffle(rows, new Random(1));
    }
  }

  @SuppressWarnings("NullAway") // nothing is sent, so there is nothing to send
  private static PendingRow row(ByteBuffer partition) {
    return new PendingRow(
        NarrowRows.ROW,
        Instant.EPOCH,
        GlobalWindow.INSTANCE,
        PaneInfo.NO_FIRING,
        null,
        partition,
        110,
        8);
  }

  @Benchmark
  public void group(Blackhole out) {
    OpenBatches batches = new OpenBatches();
    for (PendingRow row : rows) {
      batches.add(row, out::consume);
    }
    batches.flush(out::consume);
  }
}
