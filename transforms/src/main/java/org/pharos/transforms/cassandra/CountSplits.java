package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Lets Cassandra count the rows of splits. */
final class CountSplits extends DoFn<Split, Long> {
  private static final long serialVersionUID = 1;

  private record Open(Lease lease, ScanStatement statement, RangeCounter counter) {}

  private final Scan scan;
  private final Counter done = Metrics.counter(ReadMetrics.NAMESPACE, "splits_read");
  private transient @Nullable Open open;

  CountSplits(Scan scan) {
    this.scan = scan;
  }

  @Setup
  public void setUp() {
    Lease lease = Sessions.acquire(scan.source());
    try {
      ReadMetrics metrics = new ReadMetrics();
      open =
          new Open(
              lease,
              ScanStatement.prepare(lease.session(), scan, "count(*)"),
              new RangeCounter(
                  scan.requests().of(lease.session()),
                  new ReadRetry(
                      "counting", scan.table().qualifiedName(), ReadRetry.BACKOFF, metrics),
                  metrics));
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  @ProcessElement
  public void count(@Element Split split, OutputReceiver<Long> out) {
    if (open == null) {
      throw new IllegalStateException("not set up");
    }
    long rows = 0;
    if (split instanceof Split.Ranges ranges) {
      rows = open.counter().count(ranges.spans(), open.statement()::of);
    } else if (split instanceof Split.Partition partition) {
      rows = open.counter().countAll(open.statement().of(partition.number()));
    }
    out.output(rows);
    done.inc();
    Traffic.readSplit();
    Lineage.getSources().add("cassandra", List.of(scan.table().keyspace(), scan.table().name()));
  }

  @Teardown
  public void tearDown() {
    if (open != null) {
      open.lease().close();
      open = null;
    }
  }
}
