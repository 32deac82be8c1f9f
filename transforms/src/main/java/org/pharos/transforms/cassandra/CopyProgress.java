package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

/**
 * Which ranges of a copy are done, kept in a small table beside the target: a partition a copy, a
 * row a range. Ranges are kept as tokens and not as numbers, so that the next run may cut the rest
 * of the ring as it likes.
 */
final class CopyProgress {
  static final String TABLE = "pharos_copies";

  private final CqlSession session;
  private final CopySpec spec;
  private final String copy;
  private final Table table;
  private final ReadRetry retry;

  /** That of a copy, on a session to the target. */
  CopyProgress(CqlSession session, CopySpec spec, String copy) {
    this.session = session;
    this.spec = spec;
    this.copy = copy;
    this.table = table(spec.target().table().keyspace());
    this.retry =
        new ReadRetry(
            "keeping the progress of copy " + copy,
            table.qualifiedName(),
            ReadRetry.BACKOFF,
            new ReadMetrics());
  }

  /** The table in a keyspace. */
  static Table table(String keyspace) {
    return Table.named(keyspace, TABLE)
        .partitionKey("copy", CqlType.TEXT)
        .clusteringKey("range_start", CqlType.BIGINT, Order.ASCENDING)
        .clusteringKey("range_end", CqlType.BIGINT, Order.ASCENDING)
        .staticColumn("source_table", CqlType.TEXT)
        .staticColumn("target_table", CqlType.TEXT)
        .staticColumn("begun_micros", CqlType.BIGINT)
        .column("rows_copied", CqlType.BIGINT)
        .column("done_at", CqlType.TIMESTAMP)
        .build();
  }

  /**
   * When the copy was first begun, in microseconds since 1970: now, unless it is known already.
   *
   * @throws CassandraFailure if the name is that of a copy between other tables
   */
  long begin() {
    Row known =
        one(
            "SELECT source_table, target_table, begun_micros FROM "
                + table.qualifiedName()
                + " WHERE copy = ? LIMIT 1",
            copy);
    String source = spec.source().table().qualifiedName();
    String target = spec.target().table().qualifiedName();
    if (known == null || known.isNull("begun_micros")) {
      long now = WriteClock.now();
      execute(
          "INSERT INTO "
              + table.qualifiedName()
              + " (copy, source_table, target_table, begun_micros) VALUES (?, ?, ?, ?)",
          copy,
          source,
          target,
          now);
      return now;
    }
    if (!source.equals(known.getString("source_table"))
        || !target.equals(known.getString("target_table"))) {
      throw new CassandraFailure(
          "copy "
              + copy
              + " is of "
              + known.getString("source_table")
              + " to "
              + known.getString("target_table")
              + " (says "
              + table.qualifiedName()
              + "), not of "
              + source
              + " to "
              + target
              + ". Give this one another name");
    }
    return known.getLong("begun_micros");
  }

  /** The spans that are done, in no order. */
  List<TokenSpan> done() {
    List<TokenSpan> spans = new ArrayList<>();
    try {
      // One partition of small rows, page by page.
      for (Row row :
          session.execute(
              statement(
                  "SELECT range_start, range_end FROM " + table.qualifiedName() + " WHERE copy = ?",
                  copy))) {
        if (!row.isNull("range_start")) {
          spans.add(new TokenSpan(row.getLong("range_start"), row.getLong("range_end")));
        }
      }
    } catch (DriverException e) {
      throw CassandraFailure.of(
          "reading the progress of copy " + copy,
          table.qualifiedName(),
          "Check that the table may be read, and that enough replicas are up",
          e);
    }
    return spans;
  }

  /** All rows of a span are in the target. */
  void done(TokenSpan span, long rows) {
    execute(
        "INSERT INTO "
            + table.qualifiedName()
            + " (copy, range_start, range_end, rows_copied, done_at) VALUES (?, ?, ?, ?, ?)",
        copy,
        span.start(),
        span.end(),
        rows,
        Instant.now());
  }

  private @Nullable Row one(String cql, Object... values) {
    return answer(cql, values).one();
  }

  private void execute(String cql, Object... values) {
    AsyncResultSet ignored = answer(cql, values);
  }

  private AsyncResultSet answer(String cql, Object... values) {
    for (int failures = 1; ; failures++) {
      try {
        return retry.await(session.executeAsync(statement(cql, values)).toCompletableFuture());
      } catch (ExecutionException failure) {
        retry.pauseOrGiveUp(failure, failures);
      }
    }
  }

  private SimpleStatement statement(String cql, Object... values) {
    return SimpleStatement.newInstance(cql, values)
        .setConsistencyLevel(spec.settings().consistency.toDriver())
        .setIdempotent(true);
  }
}
