package org.pharos.schemas;

import java.util.ArrayList;
import java.util.List;

/**
 * What a live table lacks of a wanted one, and what differs for good.
 *
 * <p>What only the live table has (further columns outside the key, indexes, options) is no
 * difference: others may use it.
 *
 * @param wanted the table that the other was compared with
 * @param missingTypes user types that no column of the live table uses, inner first
 * @param missingFields fields to add at the end of user types, by the name of the type
 * @param missingColumns static and regular columns to add
 * @param missingIndexes indexes to create
 * @param differingOptions names of the options whose value differs; they can be altered any time
 * @param conflicts what cannot be changed without losing data, each as a sentence
 */
public record TableDiff(
    Table wanted,
    List<CqlType.UserType> missingTypes,
    List<MissingField> missingFields,
    List<Column> missingColumns,
    List<Index> missingIndexes,
    List<String> differingOptions,
    List<String> conflicts) {

  /** A field that a user type lacks. */
  public record MissingField(String userType, CqlType.UserType.Field field) {}

  public TableDiff {
    missingTypes = List.copyOf(missingTypes);
    missingFields = List.copyOf(missingFields);
    missingColumns = List.copyOf(missingColumns);
    missingIndexes = List.copyOf(missingIndexes);
    differingOptions = List.copyOf(differingOptions);
    conflicts = List.copyOf(conflicts);
  }

  static TableDiff between(Table wanted, Table live) {
    return new TableComparison(wanted, live).diff();
  }

  /** Whether there is nothing to do and nothing to complain about. */
  public boolean isEmpty() {
    return !hasAdditions() && differingOptions.isEmpty() && conflicts.isEmpty();
  }

  /** Whether the live table lacks something that can be added. */
  public boolean hasAdditions() {
    return !(missingTypes.isEmpty()
        && missingFields.isEmpty()
        && missingColumns.isEmpty()
        && missingIndexes.isEmpty());
  }

  /** Whether something differs that cannot be changed without losing data. */
  public boolean hasConflicts() {
    return !conflicts.isEmpty();
  }

  /**
   * The statements that add what is missing, in order. Options are not among them: see {@link
   * #optionStatements}.
   */
  public List<String> additionStatements() {
    List<String> statements = new ArrayList<>();
    missingTypes.forEach(type -> statements.add(TableCql.createType(wanted.keyspace(), type)));
    missingFields.forEach(
        missing ->
            statements.add(
                "ALTER TYPE "
                    + Cql.qualified(wanted.keyspace(), missing.userType())
                    + " ADD "
                    + TableCql.field(missing.field())));
    missingColumns.forEach(
        column ->
            statements.add(
                "ALTER TABLE " + wanted.qualifiedName() + " ADD " + TableCql.column(column)));
    missingIndexes.forEach(index -> statements.add(index.createStatement(wanted)));
    return statements;
  }

  /** The statement that sets the differing options as wanted; none if none differs. */
  public List<String> optionStatements() {
    return differingOptions.isEmpty()
        ? List.of()
        : List.of(
            "ALTER TABLE "
                + wanted.qualifiedName()
                + " WITH "
                + wanted.options().cql(differingOptions));
  }

  /** All differences, a line each: what is missing, what differs, what conflicts. Empty if none. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    missingTypes.forEach(type -> lines.add("missing type " + type.cql()));
    missingFields.forEach(
        missing ->
            lines.add(
                "missing field " + missing.field().name() + " of type " + missing.userType()));
    missingColumns.forEach(column -> lines.add("missing column " + TableCql.column(column)));
    missingIndexes.forEach(
        index -> lines.add("missing index " + index.name() + " on " + index.column()));
    differingOptions.forEach(
        option -> lines.add("option differs: wanted " + wanted.options().cql(List.of(option))));
    lines.addAll(conflicts);
    return String.join("\n", lines);
  }
}
