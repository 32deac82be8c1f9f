package org.pharos.pipelines;

import java.util.Map;
import org.pharos.schemas.Table;

/** The tables that the launcher has described before a pipeline is assembled. */
public final class DescribedTables {
  private DescribedTables() {}

  /**
   * The table of the keyspace with this name, as it is.
   *
   * @throws IllegalStateException if the pipeline did not ask for it to be described
   */
  public static Table named(CassandraOptions options, String name) {
    Map<String, Table> described = options.getDescribedTables();
    Table table = described == null ? null : described.get(name);
    if (table == null) {
      throw new IllegalStateException("the launcher did not describe table " + name);
    }
    return table;
  }
}
