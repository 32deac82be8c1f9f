package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Copies ranges, each from its beginning to its end, and then notes that it is done. */
final class CopyRanges extends DoFn<CopyTask, CopyCounts> {
  private static final long serialVersionUID = 1L;

  private final CopySpec spec;
  private final Counter done = Metrics.counter(ReadMetrics.NAMESPACE, "splits_read");
  private final Counter ranges = Metrics.counter(ReadMetrics.NAMESPACE, "ranges_copied");
  private final Counter expired = Metrics.counter(ReadMetrics.NAMESPACE, "rows_expired");
  private transient @Nullable CopyWorker worker;
  private transient @Nullable CopyProgress progress;

  CopyRanges(CopySpec spec) {
    this.spec = spec;
  }

  @Setup
  public void setUp() {
    worker = CopyWorker.open(spec);
    if (spec.copy() != null) {
      progress = new CopyProgress(worker.target(), spec, spec.copy());
    }
  }

  @ProcessElement
  public void copy(@Element CopyTask task, OutputReceiver<CopyCounts> out) {
    if (worker == null) {
      throw new IllegalStateException("not set up");
    }
    CopyCounts total = CopyCounts.NONE;
    for (TokenSpan span : task.split().spans()) {
      CopyCounts counts = worker.copy(span, task.begunMicros());
      if (progress != null) {
        progress.done(span, counts.rows());
      }
      total = total.plus(counts);
      ranges.inc();
      expired.inc(counts.expired());
    }
    out.output(total);
    done.inc();
    Traffic.readSplit();
    Lineage.getSources().add("cassandra", name(spec.source()));
    Lineage.getSinks().add("cassandra", name(spec.target()));
  }

  private static List<String> name(Scan scan) {
    return List.of(scan.table().keyspace(), scan.table().name());
  }

  @Teardown
  public void tearDown() {
    if (worker != null) {
      worker.close();
      worker = null;
      progress = null;
    }
  }
}
