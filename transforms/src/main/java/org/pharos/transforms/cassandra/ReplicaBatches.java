package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Small batches that wait for others with the same replicas, to go to them in one request: where
 * partitions have a row or two, the requests cost more than the rows. The node that is asked holds
 * all partitions of the request, so none travels further than it would have alone, and a request
 * stays below what Cassandra warns of.
 */
final class ReplicaBatches {
  /** Above it Cassandra warns: {@code unlogged_batch_across_partitions_warn_threshold}. */
  static final int MOST_PARTITIONS = 10;

  /** As the server counts; above it Cassandra warns: {@code batch_size_warn_threshold}. */
  static final int MOST_BYTES = 5 << 10;

  static final int MOST_WAITING_ROWS = 4_096;

  private final Function<ByteBuffer, @Nullable Object> replicas;

  private final Map<Object, Group> open = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private int waitingRows;

  /** The batches that wait for one set of replicas. */
  private static final class Group {
    final List<PendingRow> rows = new ArrayList<>();
    int partitions;
    long bytes;
  }

  /**
   * Nothing waits yet.
   *
   * @param replicas what is equal for partitions on the same nodes; null if that is not known
   */
  ReplicaBatches(Function<ByteBuffer, @Nullable Object> replicas) {
    this.replicas = replicas;
  }

  /** Takes the rows of one partition, and gives out what must leave now. */
  void add(List<PendingRow> batch, Consumer<List<PendingRow>> out) {
    long bytes = batch.stream().mapToLong(PendingRow::serverBytes).sum();
    Object nodes = bytes > MOST_BYTES / 2 ? null : replicas.apply(batch.get(0).partition());
    if (nodes == null) {
      out.accept(batch);
      return;
    }
    Group group = open.get(nodes);
    if (group != null && group.bytes + bytes > MOST_BYTES) {
      leave(nodes, group, out);
      group = null;
    }
    if (group == null) {
      group = new Group();
      open.put(nodes, group);
    }
    group.rows.addAll(batch);
    group.partitions++;
    group.bytes += bytes;
    waitingRows += batch.size();
    if (group.partitions == MOST_PARTITIONS) {
      leave(nodes, group, out);
    } else if (waitingRows > MOST_WAITING_ROWS) {
      Map.Entry<Object, Group> eldest = open.entrySet().iterator().next();
      leave(eldest.getKey(), eldest.getValue(), out);
    }
  }

  /** Gives out all that waits. */
  void flush(Consumer<List<PendingRow>> out) {
    List<Group> left = List.copyOf(open.values());
    clear();
    left.forEach(group -> out.accept(group.rows));
  }

  /** Forgets what waits: its bundle failed. */
  void clear() {
    open.clear();
    waitingRows = 0;
  }

  private void leave(Object nodes, Group group, Consumer<List<PendingRow>> out) {
    open.remove(nodes);
    waitingRows -= group.rows.size();
    out.accept(group.rows);
  }
}
