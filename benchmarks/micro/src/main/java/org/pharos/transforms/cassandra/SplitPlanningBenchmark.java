package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** A terabyte of a cluster with 16 ranges a node, into splits of 64 MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SplitPlanningBenchmark {
  private static final int RANGES_A_NODE = 16;

  @Param({"3", "48"})
  int nodes;

  private final List<RingRange> ring = new ArrayList<>();

  @Setup
  public void survey() {
    int ranges = nodes * RANGES_A_NODE;
    long step = Long.divideUnsigned(-1L, ranges);
    long start = Long.MIN_VALUE;
    for (int i = 0; i < ranges; i++) {
      long end = i == ranges - 1 ? Long.MAX_VALUE : start + step;
      List<String> replicas =
          List.of("node" + i % nodes, "node" + (i + 1) % nodes, "node" + (i + 2) % nodes);
      ring.add(new RingRange(new TokenSpan(start, end), replicas, 0x1p40 / ranges));
      start = end;
    }
  }

  @Benchmark
  public List<Split.Ranges> plan() {
    return new SplitPlanner(SplitSizes.of(SplitSizes.TARGET, 64)).plan(ring);
  }
}
