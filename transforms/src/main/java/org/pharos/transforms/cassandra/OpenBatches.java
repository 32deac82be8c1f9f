package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rows that wait for others of their partition, so that they can go to its replicas in one request.
 * A batch leaves when it is full, when too many partitions or bytes wait (then the one that was not
 * added to for the longest time), or at the end of the bundle. When hardly any row meets another,
 * rows go straight through for a while.
 */
final class OpenBatches {
  static final int MOST_ROWS = 64;
  static final int MOST_BYTES = 32 << 10;
  static final int MOST_OPEN = 16_384;

  /** Of heap: values, and what a row takes beside them. */
  static final int MOST_WAITING_BYTES = 32 << 20;

  /** A row's statement, its buffers and the Row itself. */
  static final int BYTES_BESIDE_VALUES = 1_000;

  private static final int SAMPLE = 2 * MOST_OPEN;
  private static final int PASS = 4 * SAMPLE;

  private final Map<ByteBuffer, Batch> open =
      new LinkedHashMap<>(MOST_OPEN * 2, 0.75f, /* accessOrder= */ true);
  private int waitingBytes;
  private int sampledRows;
  private int sampledBatches;
  private int toPass;

  /** The rows that wait for one partition. */
  private static final class Batch {
    final List<PendingRow> rows = new ArrayList<>(4);
    int bytes;
  }

  /** Takes a row, and gives out what must leave now. */
  void add(PendingRow row, Consumer<List<PendingRow>> out) {
    if (toPass > 0) {
      toPass--;
      out.accept(List.of(row));
      return;
    }
    Batch batch = open.get(row.partition());
    if (batch == null) {
      batch = new Batch();
      open.put(row.partition(), batch);
    } else if (batch.bytes + row.bytes() > MOST_BYTES) {
      leave(batch, out);
      batch = new Batch();
      open.put(row.partition(), batch);
    }
    batch.rows.add(row);
    batch.bytes += row.bytes();
    waitingBytes += row.bytes() + BYTES_BESIDE_VALUES;
    if (batch.rows.size() >= MOST_ROWS || batch.bytes >= MOST_BYTES) {
      open.remove(row.partition());
      leave(batch, out);
    } else if (open.size() > MOST_OPEN || waitingBytes > MOST_WAITING_BYTES) {
      Iterator<Batch> eldest = open.values().iterator();
      Batch left = eldest.next();
      eldest.remove();
      leave(left, out);
    }
    if (sampledRows >= SAMPLE) {
      judge(out);
    }
  }

  /** Gives out all that waits. */
  void flush(Consumer<List<PendingRow>> out) {
    List<Batch> left = new ArrayList<>(open.values());
    open.clear();
    left.forEach(batch -> leave(batch, out));
  }

  /** Forgets what waits: its bundle failed. */
  void clear() {
    open.clear();
    waitingBytes = 0;
  }

  private void leave(Batch batch, Consumer<List<PendingRow>> out) {
    waitingBytes -= batch.bytes + batch.rows.size() * BYTES_BESIDE_VALUES;
    sampledRows += batch.rows.size();
    sampledBatches++;
    out.accept(batch.rows);
  }

  private void judge(Consumer<List<PendingRow>> out) {
    if (sampledRows < sampledBatches + sampledBatches / 8) {
      toPass = PASS;
      flush(out);
    }
    sampledRows = 0;
    sampledBatches = 0;
  }
}
