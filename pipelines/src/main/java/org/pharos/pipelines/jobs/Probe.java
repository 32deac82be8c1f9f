package org.pharos.pipelines.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.TargetOptions;
import org.pharos.pipelines.TwoTables;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Keyspace;
import org.pharos.transforms.cassandra.Tables;

/**
 * What must be true of the cluster before a job is submitted: it answers, lets the user in, has the
 * datacenter, and has the tables. A job that would find out by itself might first be restarted many
 * times.
 */
final class Probe {
  private Probe() {}

  /**
   * Connects, verifies the tables to read, describes into the options those that are not known,
   * creates those to write if the options say so, verifies them, and describes the target.
   *
   * @throws org.pharos.transforms.cassandra.CassandraFailure saying what is wrong and what to do
   */
  static <O extends CassandraOptions> void check(CatalogedPipeline<O> pipeline, O options) {
    CassandraConnection connection = Connections.from(options);
    try (Tables tables = Tables.connect(connection)) {
      Map<String, Table> described = new LinkedHashMap<>();
      for (String name : pipeline.describes().apply(options)) {
        described.put(name, tables.describe(options.getKeyspace(), name));
      }
      options.setDescribedTables(described);
      pipeline.reads().apply(options).forEach(tables::verify);
      List<Table> written = pipeline.writes().apply(options);
      if (options.isCreateTables() && !written.isEmpty()) {
        tables.createKeyspace(
            Keyspace.simple(options.getKeyspace(), options.getReplicationFactor()));
        written.forEach(tables::create);
      }
      written.forEach(tables::verify);
    }
    if (TargetOptions.class.isAssignableFrom(pipeline.options())) {
      TargetOptions both = options.as(TargetOptions.class);
      both.setDescribedTarget(target(both));
    }
  }

  /** The target as it is, created like the source if it is missing and the options say so. */
  private static Table target(TargetOptions options) {
    TwoTables names = TwoTables.of(options);
    try (Tables tables = Tables.connect(Connections.target(options))) {
      boolean missing = tables.find(names.targetKeyspace(), names.targetTable()).isEmpty();
      if (options.isCreateTables() && missing) {
        tables.createKeyspace(
            Keyspace.simple(names.targetKeyspace(), options.getReplicationFactor()));
        tables.create(TwoTables.source(options).like(names.targetKeyspace(), names.targetTable()));
      }
      return tables.describe(names.targetKeyspace(), names.targetTable());
    }
  }
}
