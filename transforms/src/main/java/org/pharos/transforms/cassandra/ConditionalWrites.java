package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;

/**
 * The answers of conditional writes to one table, and the look at a row whose answer was lost. Such
 * a look is a read at serial consistency: it ends what a broken-off write had begun, so that what
 * it sees is final for that write.
 */
final class ConditionalWrites {

  /** What a look at the row says about the write whose answer was lost. */
  enum Verdict {
    /** The row has the values that were to be written. */
    APPLIED,
    /** The row is as the condition wants it: the write cannot have been applied. */
    NOT_EXECUTED,
    /** Somebody else wrote, before or after. */
    UNKNOWN
  }

  private final Table table;
  private final WriteSettings settings;
  private final WriteStatement write;
  private final List<String> currentColumns;
  private final Schema currentSchema;
  private final PreparedStatement look;

  ConditionalWrites(
      WritePlan plan, WriteStatement write, WriteSettings settings, CqlSession session) {
    this.table = plan.table();
    this.settings = settings;
    this.write = write;
    this.currentColumns = plan.currentColumns();
    this.currentSchema = table.rowSchema(currentColumns);
    Set<String> columns = new LinkedHashSet<>(currentColumns);
    write.slots().stream()
        .map(Slot::column)
        .filter(column -> !column.isEmpty())
        .forEach(columns::add);
    this.look =
        session.prepare(
            SimpleStatement.newInstance(
                    "SELECT "
                        + columns.stream().map(Cql::identifier).collect(Collectors.joining(", "))
                        + " FROM "
                        + table.qualifiedName()
                        + " WHERE "
                        + table.primaryKey().stream()
                            .map(column -> Cql.identifier(column.name()) + " = ?")
                            .collect(Collectors.joining(" AND ")))
                .setIdempotent(true)
                .setConsistencyLevel(settings.serialConsistency.toDriver()));
  }

  /** What the table had instead, from the answer to a write that was not applied. */
  @Nullable Row current(PendingRow row, AsyncResultSet result) {
    com.datastax.oss.driver.api.core.cql.Row answer = result.one();
    // Beside [applied] there is nothing when there is no row.
    return answer == null || answer.getColumnDefinitions().size() <= 1 ? null : row(row, answer);
  }

  /** The read that finds out what became of a write. */
  Statement<?> lookAt(PendingRow row) {
    BoundStatementBuilder builder = look.boundStatementBuilder();
    int i = 0;
    for (Column column : table.primaryKey()) {
      builder = builder.setBytesUnsafe(i++, written(row, column.name()));
    }
    return builder.setRoutingKey(row.partition()).build();
  }

  /** What the table has now, from the answer to a look. */
  @Nullable Row seen(PendingRow row, com.datastax.oss.driver.api.core.cql.@Nullable Row answer) {
    return answer == null ? null : row(row, answer);
  }

  Verdict judge(PendingRow row, com.datastax.oss.driver.api.core.cql.@Nullable Row answer) {
    if (answer == null) {
      return settings.condition == WriteSettings.Condition.IF_NOT_EXISTS
          ? Verdict.NOT_EXECUTED
          : Verdict.UNKNOWN;
    }
    boolean compared = false;
    boolean asWritten = true;
    boolean asBefore = settings.condition == WriteSettings.Condition.IF_MATCHES;
    boolean changesCondition = false;
    for (int i = 0; i < write.slots().size(); i++) {
      Slot slot = write.slots().get(i);
      if (slot.role() == Slot.Role.CHANGE) {
        asWritten = false;
      } else if (slot.role() == Slot.Role.CONDITION) {
        asBefore &= same(slot, row.statement().getBytesUnsafe(i), answer);
        changesCondition |= changes(slot, i, row);
      } else if (slot.role() == Slot.Role.SET && row.statement().isSet(i)) {
        compared = true;
        asWritten &= same(slot, row.statement().getBytesUnsafe(i), answer);
      }
    }
    if (asBefore && changesCondition) {
      return Verdict.NOT_EXECUTED;
    }
    return asWritten && compared ? Verdict.APPLIED : Verdict.UNKNOWN;
  }

  /** Whether the write itself gives the condition's column another value than it asks for. */
  private boolean changes(Slot condition, int conditionIndex, PendingRow row) {
    ByteBuffer expected = row.statement().getBytesUnsafe(conditionIndex);
    for (int i = 0; i < write.slots().size(); i++) {
      Slot slot = write.slots().get(i);
      if (slot.role() == Slot.Role.SET && slot.column().equals(condition.column())) {
        return row.statement().isSet(i)
            && !java.util.Objects.equals(row.statement().getBytesUnsafe(i), expected);
      }
    }
    return false;
  }

  private static boolean same(
      Slot slot, @Nullable ByteBuffer mine, com.datastax.oss.driver.api.core.cql.Row answer) {
    ByteBuffer theirs = answer.getBytesUnsafe(CqlIdentifier.fromInternal(slot.column()));
    return java.util.Objects.equals(mine, theirs);
  }

  /** The columns that the answer has, and those of the key, which it may leave out. */
  private Row row(PendingRow row, com.datastax.oss.driver.api.core.cql.Row answer) {
    ColumnDefinitions columns = answer.getColumnDefinitions();
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : currentColumns) {
      CqlIdentifier identifier = CqlIdentifier.fromInternal(name);
      Column column = table.column(name);
      ByteBuffer bytes = null;
      if (columns.contains(identifier)) {
        bytes = answer.getBytesUnsafe(identifier);
      } else if (column.isKey()) {
        bytes = written(row, name);
      }
      values.add(ColumnCodec.of(column.type()).decode(bytes));
    }
    return Row.withSchema(currentSchema).attachValues(values);
  }

  private @Nullable ByteBuffer written(PendingRow row, String column) {
    for (int i = 0; i < write.slots().size(); i++) {
      Slot slot = write.slots().get(i);
      boolean key = slot.role() == Slot.Role.KEY || slot.role() == Slot.Role.BUCKET;
      if (key && slot.column().equals(column)) {
        return row.statement().getBytesUnsafe(i);
      }
    }
    throw new IllegalStateException("the key column " + column + " was not bound");
  }
}
