package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;
import org.pharos.schemas.CqlType;

/**
 * A list of columns to select, in which some are followed by the write time and the time to live of
 * their cells, and how to get at these.
 */
final class TimedCells {

  /** The time to live of what does not expire: longer than any. */
  static final int FOREVER = Integer.MAX_VALUE;

  private static final int NONE = -1;

  /**
   * A column and where it is in a row.
   *
   * @param value the position of its value
   * @param time the position of its write time, which the time to live follows; -1 if not selected
   */
  record Cell(Column column, int value, int time) {
    boolean isTimed() {
      return time != NONE;
    }
  }

  /**
   * When a cell was written and how long it lives; of a collection whose elements differ, the
   * latest and the longest.
   *
   * @param micros since 1970
   * @param timeToLive in seconds since the row was read, or {@link #FOREVER}
   */
  record Stamp(long micros, int timeToLive) {

    /** The later and longer of both. */
    Stamp over(@Nullable Stamp other) {
      return other == null
          ? this
          : new Stamp(Math.max(micros, other.micros), Math.max(timeToLive, other.timeToLive));
    }
  }

  private final List<Cell> cells = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();

  /**
   * A selection of these columns.
   *
   * @param key comes first, without times
   * @param timed whether to select times at all
   * @param ofElements whether the server tells the times of the elements of a collection
   */
  TimedCells(List<Column> key, List<Column> columns, boolean timed, boolean ofElements) {
    key.forEach(column -> selected.add(Cql.identifier(column.name())));
    for (Column column : columns) {
      String name = Cql.identifier(column.name());
      int value = selected.size();
      selected.add(name);
      boolean told =
          timed && column.type() != CqlType.COUNTER && (column.type().frozen() || ofElements);
      if (told) {
        selected.add("WRITETIME(" + name + ")");
        selected.add("TTL(" + name + ")");
      }
      cells.add(new Cell(column, value, told ? value + 1 : NONE));
    }
  }

  /** The list after SELECT. */
  String cql() {
    return selected.stream().collect(Collectors.joining(", "));
  }

  /** The columns outside the key, in order. */
  List<Cell> cells() {
    return cells;
  }

  /** The stamp of a cell that has a value; null if its column is not timed. */
  static @Nullable Stamp stamp(Row row, Cell cell) {
    if (!cell.isTimed()) {
      return null;
    }
    ByteBuffer time = row.getBytesUnsafe(cell.time());
    ByteBuffer timeToLive = row.getBytesUnsafe(cell.time() + 1);
    if (time == null) {
      return null;
    }
    return cell.column().type().frozen()
        ? new Stamp(
            time.getLong(time.position()),
            timeToLive == null ? FOREVER : timeToLive.getInt(timeToLive.position()))
        : ofElements(time.duplicate(), timeToLive == null ? null : timeToLive.duplicate());
  }

  /** Two lists of one length; elements that are not there, as fields of user types, are null. */
  private static @Nullable Stamp ofElements(ByteBuffer times, @Nullable ByteBuffer timesToLive) {
    Stamp all = null;
    int count = times.getInt();
    int living = timesToLive == null ? 0 : timesToLive.getInt();
    for (int i = 0; i < count; i++) {
      Long micros = times.getInt() < 0 ? null : times.getLong();
      Integer seconds =
          timesToLive == null || i >= living || timesToLive.getInt() < 0
              ? null
              : Integer.valueOf(timesToLive.getInt());
      if (micros != null) {
        all = new Stamp(micros, seconds == null ? FOREVER : seconds).over(all);
      }
    }
    return all;
  }
}
