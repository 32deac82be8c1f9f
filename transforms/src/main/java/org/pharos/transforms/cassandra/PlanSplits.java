package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster where a table lies, and emits the splits to read it in. */
final class PlanSplits extends DoFn<byte[], Split> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PlanSplits.class);

  private final Scan scan;
  private final Counter planned = Metrics.counter(ReadMetrics.NAMESPACE, "splits_planned");

  PlanSplits(Scan scan) {
    this.scan = scan;
  }

  @ProcessElement
  public void plan(OutputReceiver<Split> out) {
    Restrictions restrictions = scan.restrictions();
    if (restrictions.onPartitions()) {
      planned.inc(restrictions.partitions());
      Traffic.planned(restrictions.partitions());
      for (int i = 0; i < restrictions.partitions(); i++) {
        out.output(new Split.Partition(i));
      }
      return;
    }
    List<Split.Ranges> splits;
    try (Lease lease = Sessions.acquire(scan.source())) {
      splits =
          new SplitPlanner(scan.sizes())
              .plan(new RingSurvey(lease.session(), scan.table()).ranges());
    }
    LOG.info(
        "{} is read in {} splits, estimated at {} bytes",
        scan.table(),
        splits.size(),
        (long) splits.stream().mapToDouble(Split.Ranges::bytes).sum());
    planned.inc(splits.size());
    Traffic.planned(splits.size());
    splits.forEach(out::output);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
  }
}
