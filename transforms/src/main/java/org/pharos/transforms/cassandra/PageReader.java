package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a query, each once, page by page: the next page is on its way while the last
 * one is taken, and never more than these two are held.
 *
 * <p>A page that fails for a reason that may pass is asked for again, after the last row taken and
 * with fewer rows. Of a range of tokens only the unread rest is then cut in half: what was read
 * stays read. So a slow range becomes many small ones, and a slow partition is read in small pages.
 */
final class PageReader {

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;
  private final PageSize size = new PageSize();

  PageReader(Requests requests, ReadRetry retry, ReadMetrics metrics) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
  }

  /**
   * Reads the partitions of a span.
   *
   * @param query the statement for a span
   * @param token of the partition that a row is of; null if the query has conditions that Cassandra
   *     applies after paging, so that a page's end is not known from its last row: then the span is
   *     not cut
   * @throws CassandraFailure if it cannot be read
   */
  void read(
      TokenSpan span,
      Function<TokenSpan, BoundStatement> query,
      @Nullable ToLongFunction<Row> token,
      Consumer<Row> out) {
    takeAll(cursor(span, query, token), out);
  }

  /** Reads the rows of a statement that is of one partition. */
  void read(BoundStatement statement, Consumer<Row> out) {
    takeAll(new PageCursor(requests, retry, metrics, size, null, span -> statement, null), out);
  }

  /** The pages of a span, for whoever asks for them; parameters are as those of {@link #read}. */
  PageCursor cursor(
      TokenSpan span,
      Function<TokenSpan, BoundStatement> query,
      @Nullable ToLongFunction<Row> token) {
    return new PageCursor(
        requests,
        retry,
        metrics,
        size,
        span,
        part -> query.apply(part == null ? span : part),
        token);
  }

  private static void takeAll(PageCursor pages, Consumer<Row> out) {
    for (PageCursor.Page page = pages.next(); page != null; page = pages.next()) {
      page.rows().forEach(out);
    }
  }
}
