package org.pharos.benchmarks.peers.pharos;

import org.pharos.benchmarks.workload.Column;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** The tables of the workload as we say them. */
final class BenchTable {
  private BenchTable() {}

  static Table of(Shape shape) {
    TableBuilder builder = Table.named(Shape.KEYSPACE, shape.table());
    for (Column column : shape.columns()) {
      switch (column.name()) {
        case "entity_id" -> builder.partitionKey(column.name(), CqlType.BIGINT);
        case "ts" -> builder.clusteringKey(column.name(), CqlType.TIMESTAMP);
        default -> builder.column(column.name(), type(column));
      }
    }
    return builder.build();
  }

  private static CqlType type(Column column) {
    return switch (column.kind()) {
      case BIGINT -> CqlType.BIGINT;
      case TIMESTAMP -> CqlType.TIMESTAMP;
      case DOUBLE -> CqlType.DOUBLE;
      case INT -> CqlType.INT;
      case TEXT -> CqlType.TEXT;
      case VECTOR -> CqlType.vector(CqlType.FLOAT, column.size());
      case LIST -> CqlType.list(CqlType.INT);
      case SET -> CqlType.set(CqlType.TEXT);
      case MAP -> CqlType.map(CqlType.TEXT, CqlType.DOUBLE);
    };
  }
}
