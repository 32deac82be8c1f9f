package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a worker has of a table that is read in the order of the ring, key first: its session, the
 * prepared statement, and what is selected.
 */
final class OrderedTable implements AutoCloseable {
  private final Scan scan;
  private final Lease lease;
  private final TimedCells cells;
  private final ScanStatement statement;
  private final ToLongFunction<Row> token;
  private final RowOrder order;
  private final PageReader reader;

  private OrderedTable(Scan scan, Lease lease, TimedCells cells) {
    this.scan = scan;
    this.lease = lease;
    this.cells = cells;
    CqlSession session = lease.session();
    statement = ScanStatement.prepare(session, scan, cells.cql());
    token = statement.tokenFrom(IntStream.range(0, scan.table().partitionKey().size()).toArray());
    order = RowOrder.of(scan.table());
    ReadMetrics metrics = new ReadMetrics();
    reader =
        new PageReader(
            scan.requests().of(session),
            new ReadRetry("reading", scan.table().qualifiedName(), ReadRetry.BACKOFF, metrics),
            metrics);
  }

  /**
   * Connects and prepares.
   *
   * @param cells what to select, which may depend on what the servers can
   * @throws CassandraFailure if the table cannot be read so
   */
  static OrderedTable open(Scan scan, Function<CqlSession, TimedCells> cells) {
    Lease lease = Sessions.acquire(scan.source());
    try {
      return new OrderedTable(scan, lease, cells.apply(lease.session()));
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  TimedCells cells() {
    return cells;
  }

  RowOrder order() {
    return order;
  }

  /** The pages of a span. */
  PageCursor pages(TokenSpan span) {
    return reader.cursor(span, statement::of, token);
  }

  /** The rows of a span, their order checked. */
  RowCursor cursor(TokenSpan span) {
    return new RowCursor(pages(span), order, scan.table().qualifiedName());
  }

  @Override
  public void close() {
    lease.close();
  }
}
