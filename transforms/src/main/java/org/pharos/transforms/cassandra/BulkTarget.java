package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;
import org.pharos.schemas.TableOptions;

/**
 * The table as the cluster has it, in the words of the bulk child.
 *
 * @param id the cluster's name for the table
 * @param attachedIndexes whether indexes may be kept in files of each SSTable, as SAI and SASI do
 */
record BulkTarget(
    Table table,
    String id,
    List<String> createTypes,
    String createTable,
    boolean attachedIndexes,
    List<WriteStatement> statements) {

  /** The options that make a difference to what an SSTable holds. */
  private static final Set<String> OPTIONS =
      Set.of(
          "bloom_filter_fp_chance",
          "compression",
          "crc_check_chance",
          "default_time_to_live",
          "max_index_interval",
          "min_index_interval");

  /**
   * Describes the live table.
   *
   * @throws CassandraFailure if there is none, or it cannot be loaded past the servers
   */
  static BulkTarget of(CqlSession session, WritePlan plan) {
    Table stated = plan.table();
    KeyspaceMetadata keyspace =
        session
            .refreshSchema()
            .getKeyspace(CqlIdentifier.fromInternal(stated.keyspace()))
            .orElseThrow(() -> refused(stated, "there is no such keyspace", "Create it"));
    TableMetadata metadata =
        keyspace
            .getTable(CqlIdentifier.fromInternal(stated.name()))
            .orElseThrow(() -> refused(stated, "there is no such table", "Create it"));
    refuse(stated, keyspace, metadata);
    Table live =
        new LiveSchema(session, stated.keyspace())
            .find(stated.name())
            .orElseThrow(() -> refused(stated, "there is no such table", "Create it"));
    List<String> statements = bare(live).createStatements();
    return new BulkTarget(
        stated,
        metadata.getId().map(Object::toString).orElse(""),
        statements.subList(0, statements.size() - 1),
        statements.get(statements.size() - 1),
        metadata.getIndexes().values().stream()
            .anyMatch(index -> index.getKind() == IndexKind.CUSTOM),
        plan.statements());
  }

  private static void refuse(Table table, KeyspaceMetadata keyspace, TableMetadata metadata) {
    Set<CqlIdentifier> views = keyspace.getViewsOnTable(metadata.getName()).keySet();
    if (!views.isEmpty()) {
      throw refused(
          table, "its materialized views " + views + " would miss the rows", "Leave out inBulk");
    }
    Object cdc = metadata.getOptions().get(CqlIdentifier.fromInternal("cdc"));
    if (Boolean.TRUE.equals(cdc)) {
      throw refused(
          table, "those who follow its changes (cdc) would miss the rows", "Leave out inBulk");
    }
  }

  private static CassandraFailure refused(Table table, String reason, String advice) {
    return new CassandraFailure(
        table.qualifiedName() + " cannot be loaded in bulk: " + reason + ". " + advice);
  }

  /** Without indexes, which the nodes build, and without options that a child cannot know. */
  private static Table bare(Table live) {
    TableOptions options = TableOptions.none();
    for (Map.Entry<String, Object> option : live.options().asMap().entrySet()) {
      if (OPTIONS.contains(option.getKey())) {
        options = options.with(option.getKey(), option.getValue());
      }
    }
    TableBuilder bare = Table.named(live.keyspace(), live.name()).options(options);
    for (Column column : live.columns()) {
      bare =
          switch (column.kind()) {
            case PARTITION_KEY -> bare.partitionKey(column.name(), column.type());
            case CLUSTERING ->
                bare.clusteringKey(column.name(), column.type(), live.order(column.name()));
            case STATIC -> bare.staticColumn(column.name(), column.type());
            case REGULAR -> bare.column(column.name(), column.type());
          };
    }
    return bare.build();
  }
}
