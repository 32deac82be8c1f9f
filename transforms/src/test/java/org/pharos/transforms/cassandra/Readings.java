package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

/** What the tests of readers share: a table of sensors' readings. */
final class Readings {
  private Readings() {}

  static Table table(TestKeyspace keyspace, String name) {
    return Table.named(keyspace.name(), name)
        .partitionKey("sensor", CqlType.TEXT)
        .partitionKey("day", CqlType.INT)
        .clusteringKey("seq", CqlType.BIGINT, Order.DESCENDING)
        .column("value", CqlType.DOUBLE)
        .build();
  }

  /** 3 sensors x 4 days x 5 readings; every fifth reading has no value. */
  static List<Row> fill(TestKeyspace keyspace, Table table) {
    TestConnections.create(keyspace, table);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String sensor = "s" + i % 3;
      int day = i / 3 % 4;
      Double value = i % 5 == 0 ? null : i / 2.0;
      if (value == null) {
        keyspace.execute(
            "INSERT INTO " + table.name() + " (sensor, day, seq) VALUES (?, ?, ?)",
            sensor,
            day,
            (long) i);
      } else {
        keyspace.execute(
            "INSERT INTO " + table.name() + " (sensor, day, seq, value) VALUES (?, ?, ?, ?)",
            sensor,
            day,
            (long) i,
            value);
      }
      rows.add(Row.withSchema(table.rowSchema()).addValues(sensor, day, (long) i, value).build());
    }
    return rows;
  }
}
