package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.CqlValues;
import org.pharos.schemas.Table;

/** The server is the oracle: what it gives back is in its own order. */
@WithCassandra
class ValueOrderTest {
  private static final int VALUES = 200;

  @Test
  void native_values_are_in_the_order_of_the_server(TestKeyspace keyspace) {
    check(keyspace, "n", ordered());
  }

  @Test
  void frozen_structures_are_in_the_order_of_the_server(TestKeyspace keyspace) {
    List<CqlType> types = new ArrayList<>();
    for (CqlType each :
        List.of(CqlType.INT, CqlType.TEXT, CqlType.TIMEUUID, CqlType.DECIMAL, CqlType.BOOLEAN)) {
      types.add(CqlType.frozen(CqlType.list(each)));
      types.add(CqlType.frozen(CqlType.set(each)));
      types.add(CqlType.frozen(CqlType.map(each, CqlType.VARINT)));
      types.add(CqlType.tuple(each, CqlType.BIGINT, each));
    }
    types.add(CqlType.frozen(CqlTypes.POINT));
    types.add(CqlType.tuple(CqlType.INT, CqlTypes.POINT, CqlType.list(CqlType.SMALLINT)));
    check(keyspace, "f", types);
  }

  @Test
  void vectors_are_in_the_order_of_the_server(TestKeyspace keyspace) {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "vectors are new in Cassandra 5.0");
    check(
        keyspace,
        "v",
        List.of(
            CqlType.vector(CqlType.FLOAT, 3),
            CqlType.vector(CqlType.INT, 2),
            CqlType.vector(CqlType.TEXT, 2)));
  }

  @Test
  void what_has_no_order_is_refused() {
    assertThatThrownBy(() -> ValueOrder.of(CqlType.DURATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no order of duration");
  }

  private static List<CqlType> ordered() {
    return CqlTypes.natives().stream().filter(type -> type != CqlType.DURATION).toList();
  }

  private static void check(TestKeyspace keyspace, String prefix, List<CqlType> types) {
    for (int i = 0; i < types.size(); i++) {
      CqlType type = types.get(i);
      Table table =
          Table.named(keyspace.name(), prefix + i)
              .partitionKey("k", CqlType.INT)
              .clusteringKey("c", type)
              .build();
      TestConnections.create(keyspace, table);
      CqlSession session = keyspace.cluster().session();
      List<Row> rows =
          CqlValues.generate(type, VALUES, 7).stream()
              .map(value -> Row.withSchema(table.rowSchema()).addValues(1, value).build())
              .toList();
      EveryType.insert(session, table, rows);

      List<ByteBuffer> found = new ArrayList<>();
      session
          .execute("SELECT c FROM " + table.qualifiedName())
          .forEach(row -> found.add(row.getBytesUnsafe(0)));
      Comparator<ByteBuffer> order = ValueOrder.of(type);
      assertThat(found).as(type.cql()).isNotEmpty();
      for (int n = 1; n < found.size(); n++) {
        assertThat(order.compare(found.get(n - 1), found.get(n)))
            .as("%s: values %d and %d of the server", type.cql(), n - 1, n)
            .isNegative();
        assertThat(order.compare(found.get(n), found.get(n - 1))).as(type.cql()).isPositive();
        assertThat(order.compare(found.get(n), found.get(n).duplicate())).isZero();
      }
    }
  }
}
