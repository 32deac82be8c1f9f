package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * The column that rows of a followed table are clustered by, in milliseconds since 1970, be it a
 * timestamp or a timeuuid.
 */
record ArrivalTime(Column column) implements Serializable {

  /** The first clustering column. */
  static ArrivalTime of(Table table) {
    return new ArrivalTime(table.clusteringKey().get(0));
  }

  /** The least value of the column at this time: all earlier ones are less. */
  Object least(long millis) {
    return column.type() == CqlType.TIMEUUID ? Uuids.startOf(millis) : Instant.ofEpochMilli(millis);
  }

  /** The time of a value as it comes from the server. */
  long millis(ByteBuffer bytes) {
    int at = bytes.position();
    return column.type() == CqlType.TIMEUUID
        ? Uuids.unixTimestamp(new UUID(bytes.getLong(at), bytes.getLong(at + Long.BYTES)))
        : bytes.getLong(at);
  }

  /** The time of a Row of the table. */
  Instant of(Row row) {
    Object value = Objects.requireNonNull(row.getValue(column.name()));
    return value instanceof UUID uuid
        ? Instant.ofEpochMilli(Uuids.unixTimestamp(uuid))
        : ((ReadableInstant) value).toInstant();
  }
}
