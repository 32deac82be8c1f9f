package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;

/** The SELECT of a followed table, prepared on a session once: a partition in a span of time. */
final class FollowStatement {

  private final PreparedStatement prepared;
  private final FollowedPartitions partitions;
  private final ArrivalTime time;
  private final ColumnCodec timeCodec;
  private final Consistency consistency;
  private final CqlIdentifier keyspace;
  private final int[] keyPositions;
  private final int timePosition;

  private FollowStatement(PreparedStatement prepared, Follow follow, int[] keyPositions) {
    this.prepared = prepared;
    this.partitions = follow.partitions();
    this.time = follow.time();
    this.timeCodec = ColumnCodec.of(time.column().type());
    this.consistency = follow.scan().consistency();
    this.keyspace = CqlIdentifier.fromInternal(follow.table().keyspace());
    this.keyPositions = keyPositions;
    this.timePosition = keyPositions[follow.table().partitionKey().size()];
  }

  /**
   * Prepares it: what is asked for comes first in a row, then what it lacks of the primary key.
   *
   * @throws CassandraFailure if the table or a column of it is not there, or may not be read
   */
  static FollowStatement prepare(CqlSession session, Follow follow, Projection projection) {
    List<String> columns = new ArrayList<>(projection.items().stream().map(i -> i.cql()).toList());
    List<Column> key = follow.table().primaryKey();
    int[] positions = new int[key.size()];
    for (int i = 0; i < positions.length; i++) {
      String column = Cql.identifier(key.get(i).name());
      if (!columns.contains(column)) {
        columns.add(column);
      }
      positions[i] = columns.indexOf(column);
    }
    String table = follow.table().qualifiedName();
    String time = Cql.identifier(follow.time().column().name());
    // Oldest first whatever the table's order: only so a reader knows how far it is.
    String cql =
        "SELECT "
            + String.join(", ", columns)
            + " FROM "
            + table
            + follow.partitions().where()
            + (" AND " + time + " >= ? AND " + time + " < ? ORDER BY " + time + " ASC");
    return new FollowStatement(ScanStatement.prepare(session, table, cql), follow, positions);
  }

  /**
   * Reads a partition from a time on, to the end of its bucket or to another time, whichever comes
   * first.
   */
  BoundStatement of(int partition, long from, long to) {
    BoundStatementBuilder bound = prepared.boundStatementBuilder();
    int marker = 0;
    for (byte[] value : partitions.keyAt(partition, from)) {
      BoundStatementBuilder ignored = bound.setBytesUnsafe(marker++, ByteBuffer.wrap(value));
    }
    return bound
        .setBytesUnsafe(marker, timeCodec.encode(time.least(from)))
        .setBytesUnsafe(marker + 1, timeCodec.encode(time.least(Math.min(to, next(from)))))
        .setRoutingKeyspace(keyspace)
        .setConsistencyLevel(consistency.toDriver())
        .setIdempotence(true)
        .build();
  }

  /** Where to read on after the bucket of this time was read to its end. */
  long next(long from) {
    return partitions.endOfBucket(from);
  }

  /** Where the columns of the primary key are in a row. */
  int[] keyPositions() {
    return keyPositions.clone();
  }

  /** When a row came. */
  long timeOf(Row row) {
    return time.millis(Objects.requireNonNull(row.getBytesUnsafe(timePosition)));
  }
}
