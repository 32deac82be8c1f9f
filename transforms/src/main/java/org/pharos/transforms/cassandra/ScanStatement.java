package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A scan's SELECT, prepared on a session once, to be bound to a span or a partition. */
final class ScanStatement {

  private final CqlSession session;
  private final PreparedStatement prepared;
  private final Restrictions restrictions;
  private final Consistency consistency;
  private final CqlIdentifier keyspace;

  private ScanStatement(CqlSession session, PreparedStatement prepared, Scan scan) {
    this.session = session;
    this.prepared = prepared;
    this.restrictions = scan.restrictions();
    this.consistency = scan.consistency();
    this.keyspace = CqlIdentifier.fromInternal(scan.table().keyspace());
  }

  /**
   * Prepares {@code SELECT what FROM ...}.
   *
   * @throws CassandraFailure if the table or a column of it is not there, or may not be read
   */
  static ScanStatement prepare(CqlSession session, Scan scan, String what) {
    String cql =
        "SELECT " + what + " FROM " + scan.table().qualifiedName() + scan.restrictions().where();
    return new ScanStatement(session, prepare(session, scan.table().qualifiedName(), cql), scan);
  }

  static PreparedStatement prepare(CqlSession session, String where, String cql) {
    try {
      return session.prepare(SimpleStatement.newInstance(cql));
    } catch (DriverException e) {
      throw CassandraFailure.of(
          "preparing to read",
          where,
          "Check that the table exists, is as declared (Tables.verify tells the difference), and"
              + " that the user may read it",
          e);
    }
  }

  BoundStatement of(TokenSpan span) {
    BoundStatementBuilder bound =
        prepared.boundStatementBuilder().setLong(0, span.start()).setLong(1, span.end());
    bindFrom(2, restrictions.values(), bound);
    // A replica of the span answers itself instead of asking another.
    tokens().ifPresent(map -> bound.setRoutingToken(map.parse(Long.toString(span.end()))));
    return finished(bound);
  }

  /** The partition with this number: see {@link Split.Partition}. */
  BoundStatement of(int partition) {
    BoundStatementBuilder bound = prepared.boundStatementBuilder();
    List<byte[]> key = restrictions.partition(partition);
    bindFrom(0, key, bound);
    bindFrom(key.size(), restrictions.values(), bound);
    return finished(bound);
  }

  private static void bindFrom(int first, List<byte[]> values, BoundStatementBuilder bound) {
    for (int i = 0; i < values.size(); i++) {
      BoundStatementBuilder ignored =
          bound.setBytesUnsafe(first + i, ByteBuffer.wrap(values.get(i)));
    }
  }

  private BoundStatement finished(BoundStatementBuilder bound) {
    return bound
        .setRoutingKeyspace(keyspace)
        .setConsistencyLevel(consistency.toDriver())
        .setIdempotence(true)
        .build();
  }

  /** The token of a row whose partition key columns are at these positions. */
  ToLongFunction<Row> tokenFrom(int[] positions) {
    int[] key = positions.clone();
    return row -> {
      TokenMap map = tokens().orElseThrow();
      ByteBuffer[] values =
          Arrays.stream(key).mapToObj(row::getBytesUnsafe).toArray(ByteBuffer[]::new);
      return Long.parseLong(map.format(map.newToken(values)));
    };
  }

  private Optional<TokenMap> tokens() {
    return session.getMetadata().getTokenMap();
  }
}
