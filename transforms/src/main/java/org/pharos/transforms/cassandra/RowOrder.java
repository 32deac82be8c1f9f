package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

/**
 * The order in which Cassandra gives the rows of a range: by the token of their partition, then by
 * the bytes of its key, then by clustering columns. For rows whose first columns are the primary
 * key, in its order.
 */
final class RowOrder {
  private final int partitionColumns;
  private final List<Comparator<ByteBuffer>> clustering = new ArrayList<>();

  private RowOrder(int partitionColumns) {
    this.partitionColumns = partitionColumns;
  }

  static RowOrder of(Table table) {
    RowOrder order = new RowOrder(table.partitionKey().size());
    for (Column column : table.clusteringKey()) {
      Comparator<ByteBuffer> ascending = ValueOrder.of(column.type());
      order.clustering.add(
          table.order(column.name()) == Order.ASCENDING ? ascending : ascending.reversed());
    }
    return order;
  }

  /** A partition's place on the ring. */
  record Partition(long token, ByteBuffer key) implements Comparable<Partition> {
    @Override
    public int compareTo(Partition other) {
      int byToken = Long.compare(token, other.token);
      return byToken == 0 ? ValueOrder.unsigned(key, other.key) : byToken;
    }
  }

  /** The partition that a row is of; {@code last} itself if it is the same. */
  Partition partition(Row row, @Nullable Partition last) {
    ByteBuffer key = routingKey(row);
    return last != null && last.key().equals(key)
        ? last
        : new Partition(PartitionToken.of(key), key);
  }

  private ByteBuffer routingKey(Row row) {
    if (partitionColumns == 1) {
      return bytes(row, 0);
    }
    int length = 0;
    for (int i = 0; i < partitionColumns; i++) {
      length += bytes(row, i).remaining() + 3;
    }
    ByteBuffer key = ByteBuffer.allocate(length);
    for (int i = 0; i < partitionColumns; i++) {
      ByteBuffer value = bytes(row, i);
      key.putShort((short) value.remaining()).put(value.duplicate()).put((byte) 0);
    }
    return key.flip();
  }

  /** Whether it is a row of its own, not only the static columns of a partition without rows. */
  boolean isRow(Row row) {
    return clustering.isEmpty() || row.getBytesUnsafe(partitionColumns) != null;
  }

  /** By clustering columns, of two rows of one partition; what is no row of its own comes first. */
  int compareInPartition(Row one, Row other) {
    if (!isRow(one) || !isRow(other)) {
      return Boolean.compare(isRow(one), isRow(other));
    }
    for (int i = 0; i < clustering.size(); i++) {
      ByteBuffer a = bytes(one, partitionColumns + i);
      ByteBuffer b = bytes(other, partitionColumns + i);
      int order = a.equals(b) ? 0 : clustering.get(i).compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static ByteBuffer bytes(Row row, int column) {
    ByteBuffer value = row.getBytesUnsafe(column);
    if (value == null) {
      throw new IllegalStateException("column " + column + " of the key is null");
    }
    return value;
  }
}
