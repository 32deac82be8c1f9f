package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.transforms.errors.Reason;

/** The bytes that a row gives to the markers of a statement, whoever carries the statement out. */
final class SlotValues {
  /** What a server takes by default, both as a request and as a mutation. */
  static final int LARGEST_ROW = 16 << 20;

  private static final int LARGEST_KEY = 0xFFFF;

  private final Slot[] slots;
  private final ColumnCodec[] codecs;
  private final int[] partition;
  private final boolean nullsReplace;
  private final @Nullable Bucket bucket;

  SlotValues(WriteStatement statement, WritePlan plan, WriteSettings settings) {
    this.slots = statement.slots().toArray(Slot[]::new);
    this.codecs =
        statement.slots().stream()
            .map(slot -> ColumnCodec.of(slot.type()))
            .toArray(ColumnCodec[]::new);
    this.partition = statement.partition().stream().mapToInt(Integer::intValue).toArray();
    this.nullsReplace = settings.nulls == Nulls.REPLACE;
    this.bucket = plan.table().bucket().orElse(null);
  }

  int count() {
    return slots.length;
  }

  Slot slot(int position) {
    return slots[position];
  }

  /** Whether a marker without a value is bound as null rather than left unset. */
  boolean nullIsWritten(int position) {
    Slot.Role role = slots[position].role();
    return role == Slot.Role.CONDITION || (role == Slot.Role.SET && nullsReplace);
  }

  /**
   * The bytes of a marker that belongs to a column, null for null.
   *
   * @throws RejectedRow if the value does not fit, or a key column is null
   */
  @Nullable ByteBuffer encode(int position, Row row) {
    Slot slot = slots[position];
    Object value = slot.field() == Slot.COMPUTED ? null : row.getValue(slot.field());
    try {
      if (value == null && slot.role() == Slot.Role.BUCKET && bucket != null) {
        value = bucket.of(row);
      }
      ByteBuffer bytes = codecs[position].encode(value);
      if (bytes != null || (slot.role() != Slot.Role.KEY && slot.role() != Slot.Role.BUCKET)) {
        return bytes;
      }
    } catch (RuntimeException e) {
      throw new RejectedRow(Reason.MAPPING, "column " + slot.column() + ": " + e.getMessage(), e);
    }
    throw new RejectedRow(Reason.KEY, "column " + slot.column() + " of the key is null");
  }

  /** How many cells a value becomes: an element of a collection counts as two, for its path. */
  int cells(int position, ByteBuffer value) {
    CqlType type = slots[position].type();
    if (type.frozen()) {
      return 1;
    }
    return type instanceof CqlType.UserType user
        ? user.fields().size()
        : 2 * value.getInt(value.position());
  }

  /** Refuses a row whose values have more bytes than a server takes. */
  void checkSize(int bytes) {
    if (bytes > LARGEST_ROW) {
      throw new RejectedRow(
          Reason.TOO_LARGE, bytes + " bytes of values are more than the server's " + LARGEST_ROW);
    }
  }

  /**
   * The routing key: one column is the key itself; several are joined, each with its length and an
   * end mark.
   *
   * @param values gives the bytes of a marker, which stay as they are
   * @throws RejectedRow if it is too long
   */
  ByteBuffer routingKey(IntFunction<@Nullable ByteBuffer> values) {
    ByteBuffer[] parts = new ByteBuffer[partition.length];
    int bytes = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = bound(values, partition[i]);
      bytes += parts[i].remaining();
    }
    if (bytes > LARGEST_KEY) {
      throw new RejectedRow(
          Reason.TOO_LARGE, bytes + " bytes of partition key are more than " + LARGEST_KEY);
    }
    if (parts.length == 1) {
      return parts[0];
    }
    ByteBuffer key = ByteBuffer.allocate(bytes + 3 * parts.length);
    for (ByteBuffer part : parts) {
      key.putShort((short) part.remaining()).put(part.duplicate()).put((byte) 0);
    }
    return key.flip();
  }

  private static ByteBuffer bound(IntFunction<@Nullable ByteBuffer> values, int position) {
    ByteBuffer bytes = values.apply(position);
    if (bytes == null) {
      throw new IllegalStateException("a key without value was bound");
    }
    return bytes;
  }
}
