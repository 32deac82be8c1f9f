package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * Writes the cells of rows that were read, group by group. A row's key goes with the group that
 * lives longest, by INSERT, and lives as long as that; other groups go by UPDATE, which makes no
 * row. So a row is there in the target as long as any of its cells is.
 *
 * <p>Elements of a list have hidden keys that the server makes anew for each write: two writes with
 * one time would leave the elements twice. So a list whose answer was lost is not sent again as it
 * was, but with a time that is a microsecond later and replaces what may be there.
 */
final class CopyWriter implements AsyncWriter.Outcomes {

  private final CopySpec spec;
  private final CqlSession session;
  private final WriteMetrics metrics = new WriteMetrics();
  private final WriteTarget cells;
  private final WriteTarget lists;
  private final CopyStatement insert;
  private final @Nullable CopyStatement update;
  private final @Nullable CopyStatement updateLists;
  private final @Nullable CopyStatement updateStatic;
  private final @Nullable CopyStatement updateStaticLists;
  private AsyncWriter writer;

  /**
   * Prepares.
   *
   * @param selected the columns of the rows to come
   * @throws CassandraFailure if the target is not there, or may not be written so
   */
  CopyWriter(CopySpec spec, CqlSession session, TimedCells selected) {
    this.spec = spec;
    this.session = session;
    WritePlan repeatable = plan(true);
    WritePlan once = plan(false);
    cells = new WriteTarget(repeatable, spec.settings(), session);
    lists = new WriteTarget(once, spec.settings(), session);
    List<TimedCells.Cell> regular = of(selected, Column.Kind.REGULAR, false);
    WriteSettings timed = timed();
    Table table = spec.target().table();
    insert =
        CopyStatement.prepare(
            WriteStatements.insert(
                table,
                CopyStatement.keySlots(table.primaryKey()),
                CopyStatement.slots(regular),
                timed),
            repeatable,
            timed,
            session);
    update = update(table.primaryKey(), regular, repeatable);
    updateLists = update(table.primaryKey(), of(selected, Column.Kind.REGULAR, true), once);
    updateStatic =
        update(table.partitionKey(), of(selected, Column.Kind.STATIC, false), repeatable);
    updateStaticLists = update(table.partitionKey(), of(selected, Column.Kind.STATIC, true), once);
    writer = newWriter();
  }

  private static List<TimedCells.Cell> of(TimedCells cells, Column.Kind kind, boolean list) {
    return cells.cells().stream()
        .filter(cell -> cell.column().kind() == kind)
        .filter(cell -> CellGroups.isList(cell.column().type()) == list)
        .toList();
  }

  /** A plan of no statement: those of a copy are its own. */
  private WritePlan plan(boolean repeatable) {
    return new WritePlan(
        spec.target().table(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        new RowTiming(new WriteSettings(WriteSettings.Verb.INSERT), Schema.of(), new ArrayList<>()),
        repeatable,
        false,
        List.of());
  }

  /** Settings whose statements take both times of each row. */
  private WriteSettings timed() {
    return spec.settings()
        .with(
            settings -> {
              settings.timestampField = "writetime";
              settings.timeToLiveField = "ttl";
            });
  }

  private @Nullable CopyStatement update(
      List<Column> key, List<TimedCells.Cell> columns, WritePlan plan) {
    WriteSettings timed = timed();
    return columns.isEmpty()
        ? null
        : CopyStatement.prepare(
            WriteStatements.update(
                spec.target().table(),
                CopyStatement.keySlots(key),
                CopyStatement.slots(columns),
                List.of(),
                timed),
            plan,
            timed,
            session);
  }

  private AsyncWriter newWriter() {
    return new AsyncWriter(
        spec.settings().execution.of(session),
        InFlightLimit.ofWrites(session),
        RowRate.of(session, spec.settings().connection().writeLimit()),
        spec.settings().maxInFlight,
        this,
        metrics);
  }

  /** Begins a range; what a failed one left behind does not reach it. */
  void start() {
    writer = newWriter();
    cells.clear();
    lists.clear();
  }

  /**
   * Takes a row; returns whether it had not expired.
   *
   * @param marker the stamp of the row itself
   */
  boolean write(SideBySide.Read read, List<CellGroups.Group> groups, TimedCells.Stamp marker) {
    if (CopyStatement.left(marker.timeToLive(), read.arrivedNanos()) <= 0) {
      return false;
    }
    boolean inserted = false;
    for (CellGroups.Group group : groups) {
      boolean whole = !group.lists() && group.stamp().equals(marker);
      inserted |= whole;
      send(
          whole ? insert : group.lists() ? updateLists : update,
          read,
          group.cells(),
          group.stamp(),
          group.lists() ? lists : cells);
    }
    if (!inserted) {
      send(insert, read, List.of(), marker, cells);
    }
    return true;
  }

  /** Takes the static columns of a partition. */
  void writeStatic(SideBySide.Read read, List<CellGroups.Group> groups) {
    for (CellGroups.Group group : groups) {
      send(
          group.lists() ? updateStaticLists : updateStatic,
          read,
          group.cells(),
          group.stamp(),
          group.lists() ? lists : cells);
    }
  }

  private void send(
      @Nullable CopyStatement statement,
      SideBySide.Read read,
      List<TimedCells.Cell> columns,
      TimedCells.Stamp stamp,
      WriteTarget target) {
    int seconds = CopyStatement.left(stamp.timeToLive(), read.arrivedNanos());
    if (seconds <= 0) {
      return;
    }
    if (statement == null) {
      throw new IllegalStateException("no statement was prepared for " + columns);
    }
    writer.advance();
    try {
      target.add(statement.bind(read.row(), columns, stamp.micros(), seconds), writer::send);
    } catch (RejectedRow e) {
      throw refused(target, e);
    }
  }

  /** Waits until the target has all that was taken. */
  void finish() {
    cells.flush(writer::send);
    lists.flush(writer::send);
    writer.drain();
  }

  @Override
  public @Nullable WriteRequest answered(WriteRequest request, AsyncResultSet result) {
    int rows = (int) request.rows.stream().filter(insert::made).count();
    metrics.written(rows, request.bytes);
    return null;
  }

  @Override
  public @Nullable WriteRequest lost(WriteRequest request, Throwable cause) {
    List<PendingRow> later = request.rows.stream().map(row -> statementOf(row).later(row)).toList();
    WriteRequest again = WriteRequest.write(request.target, later);
    again.attempts = request.attempts;
    return again;
  }

  private CopyStatement statementOf(PendingRow row) {
    CopyStatement statement =
        updateLists != null && updateLists.made(row) ? updateLists : updateStaticLists;
    if (statement == null) {
      throw new IllegalStateException("only lists are not written again as they were");
    }
    return statement;
  }

  /** A copy without some rows would be none. */
  @Override
  public @Nullable WriteRequest rejected(
      WriteTarget target, PendingRow row, FailureClass failure, Throwable cause) {
    throw refused(target, cause);
  }

  private static CassandraFailure refused(WriteTarget target, Throwable cause) {
    return CassandraFailure.of(
        "copying a row",
        target.name(),
        "The target cannot take it as it is in the source: correct it there, or the limits of the"
            + " target's servers",
        cause);
  }
}
