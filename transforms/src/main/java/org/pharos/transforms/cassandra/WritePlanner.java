package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Plans how rows of a schema go into a table, and says all that stands against it at once. */
final class WritePlanner {
  private final Table table;
  private final Schema schema;
  private final WriteSettings settings;
  private final List<String> problems = new ArrayList<>();
  private final MatchedFields fields;

  private WritePlanner(Table table, Schema schema, WriteSettings settings) {
    this.table = table;
    this.schema = schema;
    this.settings = settings;
    this.fields = new MatchedFields(table, schema, settings, problems);
  }

  /**
   * The plan for a table that takes all rows.
   *
   * @throws IllegalArgumentException if rows of this schema cannot be written so, naming all
   *     reasons
   */
  static WritePlan of(Table table, Schema schema, WriteSettings settings) {
    WritePlanner planner = new WritePlanner(table, schema, settings);
    if (settings.verb != WriteSettings.Verb.DELETE) {
      planner.fields.refuseStrangers();
    }
    return planner.plan();
  }

  /** The plan for one of several tables: fields without a column must be null in its rows. */
  static WritePlan ofOneAmongOthers(Table table, Schema schema, WriteSettings settings) {
    return new WritePlanner(table, schema, settings).plan();
  }

  private WritePlan plan() {
    problems.addAll(settings.contradictions());
    RowTiming timing = new RowTiming(settings, schema, problems);
    WritePlan plan =
        settings.verb == WriteSettings.Verb.DELETE ? deletion(timing) : writing(timing);
    if (settings.eventTime != null && !plan.repeatable()) {
      problems.add(
          "event time is for writes that can be replayed: not conditional writes, counters, or"
              + " lists, of which Cassandra keeps the elements of each write with one timestamp"
              + " (CASSANDRA-11368); declare them frozen, or leave them out");
    }
    if (settings.eventTime != null && table.hasCounters()) {
      problems.add("event time is of no use to counters, which have no timestamp");
    }
    if (settings.bulk != null) {
      refuseInBulk(plan);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "rows of "
              + describe(schema)
              + " cannot go into "
              + table.qualifiedName()
              + ":\n  - "
              + String.join("\n  - ", problems));
    }
    return plan;
  }

  private void refuseInBulk(WritePlan plan) {
    if (table.hasCounters()) {
      problems.add("only servers can count: leave out the counters, or inBulk(...)");
    } else if (!settings.conditional() && !plan.repeatableAsIs()) {
      problems.add(
          "a bulk load must be repeatable, and writing a list that is not frozen is not: leave it"
              + " out, or inBulk(...)");
    }
    settings.changes.forEach(
        (column, change) -> {
          if (change == Change.REMOVE
              && table.find(column).filter(c -> c.type() instanceof CqlType.ListOf).isPresent()) {
            problems.add(
                "only a server can look for elements of the list "
                    + column
                    + ": leave removing(...) out, or inBulk(...)");
          }
        });
  }

  private static String describe(Schema schema) {
    return schema.getFieldCount() == 0 ? "no fields" : "fields " + schema.getFieldNames();
  }

  private WritePlan writing(RowTiming timing) {
    List<Slot> values = fields.values();
    List<Slot> statics = values.stream().filter(slot -> isStatic(slot.column())).toList();
    List<Integer> clustering = indexes(table.clusteringKey());
    boolean onlyStatic =
        !statics.isEmpty() && statics.size() == values.size() && clustering.isEmpty();
    boolean asIs = values.stream().allMatch(slot -> repeatable(slot, Change::repeatable));
    boolean later =
        !asIs
            && !timing.isGiven()
            && values.stream().allMatch(slot -> repeatable(slot, Change::repeatableLater));
    boolean maybeStatic = onlyStatic || (!statics.isEmpty() && !settings.conditional());
    return new WritePlan(
        table,
        onlyStatic ? null : statement(table.primaryKey(), values),
        maybeStatic ? statement(table.partitionKey(), statics) : null,
        clustering,
        values.stream().filter(slot -> !isStatic(slot.column())).map(Slot::field).toList(),
        fields.strangers().stream().map(schema::indexOf).toList(),
        later ? timing.withRoom(AsyncWriter.BACKOFF.attempts()) : timing,
        !settings.conditional() && (asIs || later),
        later,
        currentColumns());
  }

  private WriteStatement statement(List<Column> keyColumns, List<Slot> values) {
    List<Slot> key = fields.key(keyColumns);
    if (settings.verb == WriteSettings.Verb.INSERT) {
      return WriteStatements.insert(table, key, values, settings);
    }
    if (values.isEmpty()) {
      problems.add("an update needs a column beside the key");
    }
    return WriteStatements.update(table, key, values, conditions(), settings);
  }

  private List<Slot> conditions() {
    List<Slot> conditions = new ArrayList<>();
    settings.matches.forEach(
        (name, field) -> {
          if (table.find(name).filter(column -> !column.isKey()).isEmpty()) {
            problems.add("the condition's column " + name + " is no column outside the key");
          } else {
            Column column = table.column(name);
            conditions.add(fields.slot(Slot.Role.CONDITION, name, column.type(), field));
          }
        });
    return conditions;
  }

  private List<String> currentColumns() {
    return switch (settings.condition) {
      case NONE -> List.of();
      case IF_NOT_EXISTS -> names(table.columns());
      case IF_EXISTS, IF_MATCHES ->
          Stream.concat(
                  names(table.primaryKey()).stream(),
                  settings.matches.keySet().stream().filter(name -> table.find(name).isPresent()))
              .toList();
    };
  }

  private WritePlan deletion(RowTiming timing) {
    DeleteScope scope = settings.scope;
    List<Slot> key = fields.key(deletedBy(scope));
    List<Slot> bounds = scope.extent() == DeleteScope.Extent.RANGE ? bounds(scope) : List.of();
    for (String name : scope.columns()) {
      if (table.find(name).filter(column -> !column.isKey()).isEmpty()) {
        problems.add(name + " is to be deleted, but is no column outside the key");
      }
    }
    return new WritePlan(
        table,
        WriteStatements.delete(table, scope.columns(), key, bounds, conditions(), settings),
        null,
        List.of(),
        List.of(),
        List.of(),
        timing,
        !settings.conditional(),
        false,
        currentColumns());
  }

  private List<Column> deletedBy(DeleteScope scope) {
    return switch (scope.extent()) {
      case ROW ->
          !scope.columns().isEmpty() && scope.columns().stream().allMatch(this::isStatic)
              ? table.partitionKey()
              : table.primaryKey();
      case PARTITION -> table.partitionKey();
      case PREFIX -> prefix();
      case RANGE -> before(scope.range());
    };
  }

  private List<Column> prefix() {
    List<Column> columns = new ArrayList<>(table.partitionKey());
    boolean gap = false;
    for (Column column : table.clusteringKey()) {
      boolean given = schema.hasField(column.name());
      if (given && gap) {
        problems.add(
            "a prefix of the clustering columns cannot have "
                + column.name()
                + " without those before it: "
                + names(table.clusteringKey()));
      }
      gap |= !given;
      if (given) {
        columns.add(column);
      }
    }
    if (columns.size() == table.partitionKey().size()) {
      problems.add("no field for any clustering column: to delete whole partitions say so");
    }
    return columns;
  }

  private List<Column> before(String range) {
    List<Column> columns = new ArrayList<>(table.partitionKey());
    for (Column column : table.clusteringKey()) {
      if (column.name().equals(range)) {
        return columns;
      }
      columns.add(column);
    }
    problems.add(range + " is no clustering column: " + names(table.clusteringKey()));
    return columns;
  }

  private List<Slot> bounds(DeleteScope scope) {
    return table
        .find(scope.range())
        .map(
            column ->
                List.of(
                    fields.slot(Slot.Role.KEY, column.name(), column.type(), scope.from()),
                    fields.slot(Slot.Role.KEY, column.name(), column.type(), scope.to())))
        .orElse(List.of());
  }

  private boolean repeatable(Slot slot, BiPredicate<Change, CqlType> rule) {
    Column column = table.column(slot.column());
    return rule.test(settings.changes.getOrDefault(column.name(), Change.SET), column.type());
  }

  private boolean isStatic(@Nullable String column) {
    return table
        .find(String.valueOf(column))
        .filter(found -> found.kind() == Column.Kind.STATIC)
        .isPresent();
  }

  private List<Integer> indexes(List<Column> columns) {
    return names(columns).stream().filter(schema::hasField).map(schema::indexOf).toList();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
