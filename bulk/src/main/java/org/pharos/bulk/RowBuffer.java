package org.pharos.bulk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Rows as they came, in one array, which can be looked at in the order of their tokens. */
final class RowBuffer {
  private static final int NULL = -1;
  private static final int LENGTH = Integer.BYTES;

  private final ByteBuffer unset;
  private byte[] bytes;
  private ByteBuffer view;
  private int used;
  private long[] tokens = new long[1024];
  private int[] offsets = new int[1024];
  private int rows;

  /**
   * An empty buffer.
   *
   * @param unset stands for a marker that is not set
   */
  RowBuffer(int capacity, ByteBuffer unset) {
    this.unset = unset;
    this.bytes = new byte[capacity];
    this.view = ByteBuffer.wrap(bytes);
  }

  /** Whether there is no room for so many bytes; a buffer without rows grows to hold them. */
  boolean isTooFullFor(int more) {
    return rows > 0 && more > bytes.length - used;
  }

  void read(Requests in, int length) throws IOException {
    if (length > bytes.length - used) {
      bytes = Arrays.copyOf(bytes, used + length);
      view = ByteBuffer.wrap(bytes);
    }
    in.bytes(bytes, used, length);
    int end = used + length;
    while (used < end) {
      add(view.getLong(used + LENGTH), used);
      used += LENGTH + view.getInt(used);
    }
  }

  private void add(long token, int offset) {
    if (rows == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * rows);
      offsets = Arrays.copyOf(offsets, 2 * rows);
    }
    tokens[rows] = token;
    offsets[rows++] = offset;
  }

  int rows() {
    return rows;
  }

  void clear() {
    rows = 0;
    used = 0;
  }

  long token(int row) {
    return view.getLong(offsets[row] + LENGTH);
  }

  int statement(int row) {
    return view.get(offsets[row] + LENGTH + Long.BYTES);
  }

  /** The values of a row's markers, which stay as they are until the buffer is cleared. */
  ByteBuffer[] values(int row, int markers) {
    ByteBuffer[] values = new ByteBuffer[markers];
    int at = offsets[row] + LENGTH + Long.BYTES + 1;
    for (int i = 0; i < markers; i++) {
      int length = view.getInt(at);
      at += LENGTH;
      if (length >= 0) {
        values[i] = view.slice(at, length);
        at += length;
      } else if (length != NULL) {
        values[i] = unset;
      }
    }
    return values;
  }

  /**
   * Puts the rows into the order that an SSTable has: by token, and by key where two keys have the
   * same token.
   */
  void sort(List<TargetTable.Statement> statements) {
    TokenSort.sort(tokens, offsets, rows);
    for (int from = 0; from < rows; ) {
      int to = from + 1;
      while (to < rows && tokens[to] == tokens[from]) {
        to++;
      }
      if (to > from + 1) {
        sortByKey(from, to, statements);
      }
      from = to;
    }
  }

  private void sortByKey(int from, int to, List<TargetTable.Statement> statements) {
    ByteBuffer first = key(from, statements);
    boolean same = true;
    for (int i = from + 1; i < to && same; i++) {
      same = first.equals(key(i, statements));
    }
    if (!same) {
      record Keyed(ByteBuffer key, int offset) {}
      Keyed[] keyed = new Keyed[to - from];
      for (int i = from; i < to; i++) {
        keyed[i - from] = new Keyed(key(i, statements), offsets[i]);
      }
      Arrays.sort(keyed, (a, b) -> Arrays.compareUnsigned(array(a.key()), array(b.key())));
      for (int i = from; i < to; i++) {
        offsets[i] = keyed[i - from].offset();
      }
    }
  }

  /** As Cassandra joins the columns of a key: each with its length and an end mark. */
  private ByteBuffer key(int row, List<TargetTable.Statement> statements) {
    TargetTable.Statement statement = statements.get(statement(row));
    List<Integer> key = statement.key();
    ByteBuffer[] values = values(row, statement.markers());
    if (key.size() == 1) {
      return values[key.get(0)];
    }
    int length = 0;
    for (int marker : key) {
      length += Short.BYTES + values[marker].remaining() + 1;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (int marker : key) {
      ByteBuffer value = values[marker].duplicate();
      joined.putShort((short) value.remaining()).put(value).put((byte) 0);
    }
    return joined.flip();
  }

  private static byte[] array(ByteBuffer key) {
    byte[] array = new byte[key.remaining()];
    key.duplicate().get(array);
    return array;
  }
}
