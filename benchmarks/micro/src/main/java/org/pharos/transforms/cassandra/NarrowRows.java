package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** The narrow table of the comparisons, and a row of it. */
final class NarrowRows {
  static final Table TABLE =
      Table.named("bench", "narrow")
          .partitionKey("entity_id", CqlType.BIGINT)
          .clusteringKey("ts", CqlType.TIMESTAMP)
          .column("f1", CqlType.DOUBLE)
          .column("f2", CqlType.DOUBLE)
          .column("f3", CqlType.DOUBLE)
          .column("label", CqlType.INT)
          .column("payload", CqlType.TEXT)
          .build();

  static final List<String> COLUMNS = TABLE.columns().stream().map(Column::name).toList();

  static final Row ROW =
      Row.withSchema(TABLE.rowSchema())
          .addValues(
              42L,
              Instant.ofEpochMilli(1_700_000_000_000L),
              0.25,
              0.5,
              0.75,
              7,
              "a payload of sixty characters, more or less, like all others")
          .build();

  private NarrowRows() {}
}
