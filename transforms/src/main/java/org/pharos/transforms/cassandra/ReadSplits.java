package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.jspecify.annotations.Nullable;

/** Reads splits: each row once, as what the function makes of it. */
final class ReadSplits<T> extends DoFn<Split, T> {
  private static final long serialVersionUID = 1;

  /** What a worker holds between set-up and tear-down. */
  private record Open(
      Lease lease,
      ScanStatement statement,
      @Nullable ToLongFunction<Row> token,
      PageReader reader,
      RowDecoder decoder) {}

  private final Scan scan;
  private final Projection projection;
  private final Schema schema;
  private final List<SerializableFunction<org.apache.beam.sdk.values.Row, Boolean>> predicates;
  private final SerializableFunction<org.apache.beam.sdk.values.Row, T> convert;
  private final Counter done = Metrics.counter(ReadMetrics.NAMESPACE, "splits_read");
  private transient @Nullable Open open;

  ReadSplits(
      Scan scan,
      Projection projection,
      Schema schema,
      List<SerializableFunction<org.apache.beam.sdk.values.Row, Boolean>> predicates,
      SerializableFunction<org.apache.beam.sdk.values.Row, T> convert) {
    this.scan = scan;
    this.projection = projection;
    this.schema = schema;
    this.predicates = predicates;
    this.convert = convert;
  }

  @Setup
  public void setUp() {
    Lease lease = Sessions.acquire(scan.source());
    try {
      open = open(lease);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Open open(Lease lease) {
    CqlSession session = lease.session();
    Restrictions restrictions = scan.restrictions();
    int[] key = projection.partitionKeyPositions();
    boolean hasKey = Arrays.stream(key).allMatch(position -> position >= 0);
    // Without the whole key in the row its token is read along.
    String what = projection.cql() + (hasKey ? "" : ", " + restrictions.token());
    ScanStatement statement = ScanStatement.prepare(session, scan, what);
    int last = projection.items().size();
    ToLongFunction<Row> token = hasKey ? statement.tokenFrom(key) : row -> row.getLong(last);
    ReadMetrics metrics = new ReadMetrics();
    ReadRetry retry =
        new ReadRetry("reading", scan.table().qualifiedName(), ReadRetry.BACKOFF, metrics);
    return new Open(
        lease,
        statement,
        restrictions.hasConditions() ? null : token,
        new PageReader(scan.requests().of(session), retry, metrics),
        RowDecoder.of(schema, projection.types()));
  }

  @ProcessElement
  public void read(@Element Split split, OutputReceiver<T> out) {
    Open with = opened();
    Consumer<Row> emit = row -> emit(with.decoder().decode(row), out);
    if (split instanceof Split.Ranges ranges) {
      for (TokenSpan span : ranges.spans()) {
        with.reader().read(span, with.statement()::of, with.token(), emit);
      }
    } else if (split instanceof Split.Partition partition) {
      with.reader().read(with.statement().of(partition.number()), emit);
    }
    done.inc();
    Traffic.readSplit();
    Lineage.getSources().add("cassandra", List.of(scan.table().keyspace(), scan.table().name()));
  }

  private void emit(org.apache.beam.sdk.values.Row row, OutputReceiver<T> out) {
    for (SerializableFunction<org.apache.beam.sdk.values.Row, Boolean> predicate : predicates) {
      if (!predicate.apply(row)) {
        return;
      }
    }
    out.output(convert.apply(row));
  }

  private Open opened() {
    if (open == null) {
      throw new IllegalStateException("not set up");
    }
    return open;
  }

  @Teardown
  public void tearDown() {
    if (open != null) {
      open.lease().close();
      open = null;
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
    builder.add(DisplayData.item("columns", projection.cql()).withLabel("Columns"));
  }
}
