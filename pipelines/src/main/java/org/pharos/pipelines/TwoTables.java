package org.pharos.pipelines;

import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * Which two tables options mean, by name.
 *
 * @param keyspace of the source
 * @param table the source
 */
public record TwoTables(String keyspace, String table, String targetKeyspace, String targetTable) {

  private static final String NAME = "\\w{1,48}";

  /** Those of options, with the defaults in the place of what is not given. */
  public static TwoTables of(TargetOptions options) {
    String keyspace = options.getTargetKeyspace();
    String table = options.getTargetTable();
    return new TwoTables(
        options.getKeyspace(),
        options.getTable(),
        keyspace == null ? options.getKeyspace() : keyspace,
        table == null ? options.getTable() : table);
  }

  /**
   * Checks the options of both.
   *
   * @throws BadOption if one of them cannot be, or the two tables are one
   */
  public static void check(TargetOptions options) {
    TwoTables names = of(options);
    check("table", names.table());
    check("targetKeyspace", names.targetKeyspace());
    check("targetTable", names.targetTable());
    if (options.getRanges() < 0 || options.getRanges() > 100_000) {
      throw new BadOption(
          "ranges", "" + options.getRanges(), "1 to 100000 is allowed, or 0 to go by size");
    }
    CassandraConnection source = Connections.from(options);
    if (source.equals(Connections.target(options))
        && names.keyspace().equals(names.targetKeyspace())
        && names.table().equals(names.targetTable())) {
      throw new BadOption(
          "targetTable",
          names.targetTable(),
          "is the table itself; name another one, or another keyspace or cluster");
    }
  }

  private static void check(String option, String name) {
    if (!name.matches(NAME)) {
      throw new BadOption(option, name, "takes 1 to 48 letters, digits and underscores");
    }
  }

  /** The source as the launcher described it. */
  public static Table source(TargetOptions options) {
    return DescribedTables.named(options, options.getTable());
  }

  /** The target as the launcher described it. */
  public static Table target(TargetOptions options) {
    Table table = options.getDescribedTarget();
    if (table == null) {
      throw new IllegalStateException("the launcher did not describe the target");
    }
    return table;
  }
}
