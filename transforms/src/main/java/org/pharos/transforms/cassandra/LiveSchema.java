package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;
import org.pharos.schemas.TableOptions;

/** Reads the tables of one keyspace from the server's own description of them. */
final class LiveSchema {

  private static final List<String> OPTIONS =
      List.of(
          "additional_write_policy",
          "allow_auto_snapshot",
          "bloom_filter_fp_chance",
          "caching",
          "cdc",
          "comment",
          "compaction",
          "compression",
          "crc_check_chance",
          "default_time_to_live",
          "gc_grace_seconds",
          "incremental_backups",
          "max_index_interval",
          "memtable",
          "memtable_flush_period_in_ms",
          "min_index_interval",
          "read_repair",
          "speculative_retry");

  private static final Pattern TARGET = Pattern.compile("(keys|values|entries|full)\\((.*)\\)");

  private final CqlSession session;
  private final String keyspace;
  private final Map<String, CqlType.UserType> userTypes = new HashMap<>();

  LiveSchema(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  List<String> keyspaces() {
    return session.execute("SELECT keyspace_name FROM system_schema.keyspaces").all().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  List<String> tables() {
    return rows("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?").stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The table of this name, if there is one. */
  Optional<Table> find(String name) {
    List<Row> found =
        rows("SELECT * FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?", name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    TableBuilder table = Table.named(keyspace, name).options(options(found.get(0)));
    addColumns(table, name);
    addIndexes(table, name);
    return Optional.of(table.build());
  }

  private void addColumns(TableBuilder table, String name) {
    List<Row> columns =
        new ArrayList<>(
            rows(
                "SELECT column_name, kind, position, clustering_order, type"
                    + " FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?",
                name));
    columns.sort(Comparator.comparing(row -> row.getInt("position")));
    for (Row row : columns) {
      String column = text(row, "column_name");
      CqlType type = CqlTypeText.parse(text(row, "type"), this::userType);
      switch (Column.Kind.valueOf(text(row, "kind").toUpperCase(Locale.ROOT))) {
        case PARTITION_KEY -> table.partitionKey(column, type);
        case CLUSTERING ->
            table.clusteringKey(
                column,
                type,
                text(row, "clustering_order").equals("desc") ? Order.DESCENDING : Order.ASCENDING);
        case STATIC -> table.staticColumn(column, type);
        case REGULAR -> table.column(column, type);
      }
    }
  }

  private void addIndexes(TableBuilder table, String name) {
    for (Row row :
        rows(
            "SELECT index_name, options FROM system_schema.indexes"
                + " WHERE keyspace_name = ? AND table_name = ?",
            name)) {
      Map<String, String> options =
          new TreeMap<>(row.getMap("options", String.class, String.class));
      String className = String.valueOf(options.remove("class_name"));
      if (className.equals("sai") || className.endsWith("StorageAttachedIndex")) {
        table.index(index(text(row, "index_name"), options));
      }
    }
  }

  /** The index that these options describe; the target is taken out of them. */
  private static Index index(String name, Map<String, String> options) {
    String target = String.valueOf(options.remove("target"));
    Matcher part = TARGET.matcher(target);
    boolean whole = !part.matches();
    return new Index(
        name,
        CqlTypeText.unquoted(whole ? target : part.group(2)),
        whole ? Index.Target.VALUES : Index.Target.valueOf(part.group(1).toUpperCase(Locale.ROOT)),
        new TreeMap<>(options));
  }

  private static TableOptions options(Row row) {
    TableOptions options = TableOptions.none();
    for (String name : OPTIONS) {
      // Older servers have fewer options, and some are null until somebody sets them.
      Object value = row.getColumnDefinitions().contains(name) ? row.getObject(name) : null;
      if (value != null) {
        options = options.with(name, value);
      }
    }
    return options;
  }

  private CqlType.UserType userType(String name) {
    CqlType.UserType known = userTypes.get(name);
    if (known != null) {
      return known;
    }
    List<Row> found =
        rows(
            "SELECT field_names, field_types FROM system_schema.types"
                + " WHERE keyspace_name = ? AND type_name = ?",
            name);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("type " + name + " is none that Pharos knows");
    }
    List<String> names = list(found.get(0), "field_names");
    List<String> types = list(found.get(0), "field_types");
    List<CqlType.UserType.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(
          CqlType.UserType.field(names.get(i), CqlTypeText.parse(types.get(i), this::userType)));
    }
    CqlType.UserType type = new CqlType.UserType(name, fields, false);
    userTypes.put(name, type);
    return type;
  }

  private List<Row> rows(String query, String... names) {
    Object[] values = Stream.concat(Stream.of(keyspace), Stream.of(names)).toArray();
    return session.execute(SimpleStatement.newInstance(query, values).setIdempotent(true)).all();
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.getString(column));
  }

  private static List<String> list(Row row, String column) {
    List<String> values = row.getList(column, String.class);
    return values == null ? List.of() : values;
  }
}
