package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * Copies spans: pages of the source come in while cells go out to the target, both bounded.
 *
 * <p>Where the tables have lists whose elements are cells, the target is read along with the
 * source, and a list that it has already is not written again (see {@link CopyWriter} for why).
 */
final class CopyWorker implements SideBySide.Pairs, AutoCloseable {
  private final OrderedTable source;
  private final @Nullable OrderedTable held;
  private final Map<String, TimedCells.Cell> heldLists = new HashMap<>();
  private final Lease lease;
  private final CopyWriter writer;
  private final List<TimedCells.Cell> regular;
  private final List<TimedCells.Cell> statics;

  private TimedCells.Stamp untold = new TimedCells.Stamp(0, TimedCells.FOREVER);
  private long rows;
  private long expired;

  private CopyWorker(CopySpec spec, OrderedTable source, @Nullable OrderedTable held, Lease lease) {
    this.source = source;
    this.held = held;
    this.lease = lease;
    this.writer = new CopyWriter(spec, lease.session(), source.cells());
    this.regular = of(source.cells(), Column.Kind.REGULAR);
    this.statics = of(source.cells(), Column.Kind.STATIC);
    if (held != null) {
      held.cells().cells().forEach(cell -> heldLists.put(cell.column().name(), cell));
    }
  }

  /**
   * Connects to both clusters.
   *
   * @throws CassandraFailure if one of them cannot be reached, or a table is not as it must be
   */
  static CopyWorker open(CopySpec spec) {
    OrderedTable source =
        OrderedTable.open(spec.source(), session -> cells(session, spec, spec.columns().both()));
    OrderedTable held = null;
    Lease lease = null;
    try {
      List<Column> lists = spec.lists();
      if (!lists.isEmpty()) {
        held = OrderedTable.open(spec.target(), session -> cells(session, spec, lists));
      }
      lease = Sessions.acquire(spec.target().source());
      return new CopyWorker(spec, source, held, lease);
    } catch (RuntimeException e) {
      close(source, held, lease);
      throw e;
    }
  }

  private static TimedCells cells(CqlSession session, CopySpec spec, List<Column> columns) {
    Table table = spec.source().table();
    return new TimedCells(
        table.primaryKey(), columns, true, ServerFeatures.tellsTimesOfElements(session));
  }

  private static List<TimedCells.Cell> of(TimedCells cells, Column.Kind kind) {
    return cells.cells().stream().filter(cell -> cell.column().kind() == kind).toList();
  }

  /** The session to the target. */
  CqlSession target() {
    return lease.session();
  }

  /**
   * Copies a span; when this returns, the target has all of it.
   *
   * @param begunMicros the write time of what has none that can be told
   * @throws CassandraFailure if it cannot be read or written
   */
  CopyCounts copy(TokenSpan span, long begunMicros) {
    untold = new TimedCells.Stamp(begunMicros, TimedCells.FOREVER);
    rows = 0;
    expired = 0;
    writer.start();
    if (held == null) {
      copyAll(source.pages(span));
    } else {
      new SideBySide(source.order(), source.cursor(span), held.cursor(span), this).walk();
    }
    writer.finish();
    return new CopyCounts(1, rows, expired);
  }

  private void copyAll(PageCursor pages) {
    RowOrder order = source.order();
    RowOrder.Partition last = null;
    for (PageCursor.Page page = pages.next(); page != null; page = pages.next()) {
      for (Row row : page.rows()) {
        SideBySide.Read read = new SideBySide.Read(row, page.arrivedNanos());
        if (!statics.isEmpty()) {
          RowOrder.Partition partition = order.partition(row, last);
          if (!partition.equals(last)) {
            partition(read, null);
          }
          last = partition;
        }
        if (order.isRow(row)) {
          row(read, null);
        }
      }
    }
  }

  @Override
  public void partition(SideBySide.@Nullable Read left, SideBySide.@Nullable Read right) {
    if (left == null || statics.isEmpty()) {
      return;
    }
    writer.writeStatic(
        left, CellGroups.of(left.row(), statics, untold, held(left.row(), right)).groups());
    if (!source.order().isRow(left.row())) {
      rows++;
    }
  }

  @Override
  public void row(SideBySide.@Nullable Read left, SideBySide.@Nullable Read right) {
    if (left == null) {
      return;
    }
    CellGroups groups = CellGroups.of(left.row(), regular, untold, held(left.row(), right));
    TimedCells.Stamp marker = groups.longest() == null ? untold : groups.longest();
    rows++;
    if (!writer.write(left, groups.groups(), marker)) {
      expired++;
    }
  }

  /** What the target has in place of the lists of a row. */
  private Function<TimedCells.Cell, CellGroups.Held> held(
      Row row, SideBySide.@Nullable Read there) {
    if (there == null) {
      return cell -> CellGroups.Held.NOTHING;
    }
    return cell -> {
      TimedCells.Cell list = heldLists.get(cell.column().name());
      ByteBuffer value = list == null ? null : there.row().getBytesUnsafe(list.value());
      if (list == null || value == null) {
        return CellGroups.Held.NOTHING;
      }
      TimedCells.Stamp ours = TimedCells.stamp(row, cell);
      TimedCells.Stamp theirs = TimedCells.stamp(there.row(), list);
      boolean enough =
          (ours == null || theirs == null)
              ? value.equals(row.getBytesUnsafe(cell.value()))
              : theirs.micros() >= ours.micros();
      if (enough) {
        return CellGroups.Held.ENOUGH;
      }
      return ours == null ? CellGroups.Held.OTHER : CellGroups.Held.NOTHING;
    };
  }

  @Override
  public void close() {
    close(source, held, lease);
  }

  private static void close(
      OrderedTable source, @Nullable OrderedTable held, @Nullable Lease lease) {
    source.close();
    if (held != null) {
      held.close();
    }
    if (lease != null) {
      lease.close();
    }
  }
}
