package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;

/**
 * Rows of one schema as the bytes that the bulk child takes: their length, token and statement, and
 * the value of each marker. The timestamp is among them, fixed for good.
 */
final class BulkRows {
  private static final int NULL = -1;
  private static final int UNSET = -2;
  private static final int LARGEST_CLUSTERING = 0xFFFF;
  private static final int HEAD = Integer.BYTES + Long.BYTES + 1;

  private final WritePlan plan;
  private final List<SlotValues> statements = new ArrayList<>();
  private final boolean emptyKeyAllowed;
  private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
  private long token;

  BulkRows(WritePlan plan, WriteSettings settings) {
    this.plan = plan;
    this.emptyKeyAllowed = plan.table().partitionKey().size() > 1;
    for (WriteStatement statement : plan.statements()) {
      statements.add(new SlotValues(statement, plan, settings));
    }
  }

  /**
   * The bytes of a row, good until the next; null if it has expired already.
   *
   * @throws RejectedRow if the row can never be written
   */
  @Nullable ByteBuffer encode(Row input, Instant timestamp, PaneInfo pane) {
    boolean onlyStatic = plan.takesStaticPart(input);
    long micros = plan.timing().micros(input, timestamp, pane);
    int ttl = plan.timing().timeToLive(input);
    if (ttl == RowTiming.EXPIRED) {
      return null;
    }
    int statement = onlyStatic ? statements.size() - 1 : 0;
    SlotValues slots = statements.get(statement);
    @Nullable ByteBuffer[] values = new @Nullable ByteBuffer[slots.count()];
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (slots.slot(i).role()) {
            case TIMESTAMP -> ByteBuffer.allocate(Long.BYTES).putLong(0, micros);
            case TIME_TO_LIVE ->
                ttl == RowTiming.DEFAULT_TTL
                    ? null
                    : ByteBuffer.allocate(Integer.BYTES).putInt(0, ttl);
            default -> slots.encode(i, input);
          };
      size = Math.addExact(size, values[i] == null ? 0 : values[i].remaining());
    }
    slots.checkSize(size);
    ByteBuffer key = slots.routingKey(i -> values[i]);
    checkAsServer(slots, values, key);
    token = PartitionToken.of(key);
    return put(statement, slots, values, size);
  }

  /** The token of the row that was encoded last. */
  long token() {
    return token;
  }

  /** What only a server would find, and nobody asks one here. */
  private void checkAsServer(SlotValues slots, @Nullable ByteBuffer[] values, ByteBuffer key) {
    if (!key.hasRemaining() && !emptyKeyAllowed) {
      throw new RejectedRow(Reason.REFUSED, "the partition key is empty");
    }
    for (int i = 0; i < values.length; i++) {
      ByteBuffer value = values[i];
      if (slots.slot(i).role() == Slot.Role.KEY
          && value != null
          && value.remaining() > LARGEST_CLUSTERING) {
        throw new RejectedRow(
            Reason.REFUSED,
            value.remaining()
                + " bytes of column "
                + slots.slot(i).column()
                + " of the key are more than "
                + LARGEST_CLUSTERING);
      }
    }
  }

  private ByteBuffer put(int statement, SlotValues slots, @Nullable ByteBuffer[] values, int size) {
    int length = HEAD + Integer.BYTES * values.length + size;
    if (bytes.capacity() < length) {
      bytes = ByteBuffer.allocate(length);
    }
    bytes.clear();
    bytes.putInt(length - Integer.BYTES).putLong(token).put((byte) statement);
    for (int i = 0; i < values.length; i++) {
      ByteBuffer value = values[i];
      if (value != null) {
        bytes.putInt(value.remaining()).put(value.duplicate());
      } else {
        bytes.putInt(slots.nullIsWritten(i) ? NULL : UNSET);
      }
    }
    return bytes.flip();
  }
}
