package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/**
 * The cells of a row, grouped so that those of a group can be written by one statement: write time
 * and time to live belong to cells in Cassandra, but to statements in CQL.
 *
 * @param groups the cells that have a value; lists are apart from others, since writing them twice
 *     with one time is not as writing them once
 * @param longest the stamp of the cell that lives longest, of several the latest; null if no cell
 *     has a value
 */
record CellGroups(List<Group> groups, TimedCells.@Nullable Stamp longest) {

  /** Cells that were written at one time and expire together. */
  record Group(TimedCells.Stamp stamp, boolean lists, List<TimedCells.Cell> cells) {
    private boolean takes(TimedCells.Stamp other, boolean ofList) {
      return lists == ofList && stamp.equals(other);
    }
  }

  /** What the target has in place of a cell, as far as it was looked at. */
  enum Held {
    NOTHING,
    /** The same or something newer: the cell is not to be written. */
    ENOUGH,
    /** Something else, and nothing tells which of them is newer. */
    OTHER
  }

  private static final Comparator<TimedCells.Stamp> LIFE =
      Comparator.comparingInt(TimedCells.Stamp::timeToLive)
          .thenComparingLong(TimedCells.Stamp::micros);

  /**
   * The groups of a row.
   *
   * @param cells those to look at
   * @param untold the stamp of cells whose own cannot be told, if no other cell of the row has one;
   *     else it is the latest and longest of theirs
   * @param held what the target has; stamps of cells that it has count for {@link #longest}
   */
  static CellGroups of(
      Row row,
      List<TimedCells.Cell> cells,
      TimedCells.Stamp untold,
      Function<TimedCells.Cell, Held> held) {
    TimedCells.Stamp over = null;
    TimedCells.Stamp longest = null;
    List<Group> groups = new ArrayList<>(2);
    List<TimedCells.Cell> later = List.of();
    for (TimedCells.Cell cell : cells) {
      if (row.getBytesUnsafe(cell.value()) == null) {
        continue;
      }
      TimedCells.Stamp stamp = TimedCells.stamp(row, cell);
      if (stamp == null) {
        later = later.isEmpty() ? new ArrayList<>() : later;
        later.add(cell);
      } else {
        over = stamp.over(over);
        longest = longest == null || LIFE.compare(stamp, longest) > 0 ? stamp : longest;
        add(cell, stamp, groups, held.apply(cell));
      }
    }
    if (!later.isEmpty()) {
      TimedCells.Stamp stamp = over == null ? untold : over;
      longest = longest == null ? stamp : longest;
      for (TimedCells.Cell cell : later) {
        add(cell, stamp, groups, held.apply(cell));
      }
    }
    return new CellGroups(groups, longest);
  }

  private static void add(
      TimedCells.Cell cell, TimedCells.Stamp told, List<Group> groups, Held held) {
    if (held == Held.ENOUGH) {
      return;
    }
    // Only a write that is later than the other replaces it as a whole.
    TimedCells.Stamp stamp =
        held == Held.OTHER ? new TimedCells.Stamp(WriteClock.next(), told.timeToLive()) : told;
    boolean list = isList(cell.column().type());
    for (Group group : groups) {
      if (group.takes(stamp, list)) {
        group.cells().add(cell);
        return;
      }
    }
    List<TimedCells.Cell> first = new ArrayList<>(4);
    first.add(cell);
    groups.add(new Group(stamp, list, first));
  }

  /** Whether it is a list whose elements are cells of their own. */
  static boolean isList(CqlType type) {
    return type instanceof CqlType.ListOf && !type.frozen();
  }
}
