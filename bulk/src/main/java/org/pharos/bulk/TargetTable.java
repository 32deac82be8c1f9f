package org.pharos.bulk;

import java.io.IOException;
import java.util.List;

/**
 * The table to write, as the cluster has it, and the statements that rows come by.
 *
 * @param id the cluster's name for it, which streaming needs
 * @param attachedIndexes whether indexes may be kept in files of each SSTable
 */
record TargetTable(
    String keyspace,
    String name,
    String id,
    List<String> createTypes,
    String createTable,
    boolean attachedIndexes,
    List<Statement> statements) {

  /**
   * An INSERT or UPDATE.
   *
   * @param key the markers of the partition key
   */
  record Statement(String cql, int markers, List<Integer> key) {}

  static TargetTable read(Requests in) throws IOException {
    return new TargetTable(
        in.text(),
        in.text(),
        in.text(),
        in.list(in::text),
        in.text(),
        in.integer() == 1,
        in.list(() -> new Statement(in.text(), in.integer(), in.list(in::integer))));
  }
}
