package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits the parts of the source's ring that are not yet copied. */
final class PlanCopy extends DoFn<byte[], CopyTask> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PlanCopy.class);

  private final CopySpec spec;
  private final Counter planned = Metrics.counter(ReadMetrics.NAMESPACE, "splits_planned");
  private final Counter skipped = Metrics.counter(ReadMetrics.NAMESPACE, "ranges_skipped");

  PlanCopy(CopySpec spec) {
    this.spec = spec;
  }

  @ProcessElement
  public void plan(OutputReceiver<CopyTask> out) {
    long begun = WriteClock.now();
    List<TokenSpan> done = List.of();
    if (spec.copy() != null) {
      createProgress();
      try (Lease target = Sessions.acquire(spec.target().source())) {
        CopyProgress progress = new CopyProgress(target.session(), spec, spec.copy());
        begun = progress.begin();
        done = progress.done();
      }
    }
    List<Split.Ranges> splits;
    try (Lease source = Sessions.acquire(spec.source().source())) {
      List<RingRange> ring = new RingSurvey(source.session(), spec.source().table()).ranges();
      splits = new SplitPlanner(spec.source().sizes()).plan(without(done, ring));
    }
    LOG.info(
        "{} is copied in {} parts; {} ranges were done before",
        spec.source().table(),
        splits.size(),
        done.size());
    planned.inc(splits.size());
    skipped.inc(done.size());
    Traffic.planned(splits.size());
    for (Split.Ranges split : splits) {
      out.output(new CopyTask(split, begun));
    }
  }

  private void createProgress() {
    try (Tables tables = Tables.connect(spec.target().source())) {
      tables.create(CopyProgress.table(spec.target().table().keyspace()));
    }
  }

  private static List<RingRange> without(List<TokenSpan> done, List<RingRange> ring) {
    if (done.isEmpty()) {
      return ring;
    }
    List<RingRange> left = new ArrayList<>();
    for (RingRange range : ring) {
      for (TokenSpan span : range.span().without(done)) {
        double share = span.width() / range.span().width();
        left.add(new RingRange(span, range.replicas(), range.bytes() * share));
      }
    }
    return left;
  }
}
