package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CanonicalValues;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Every type goes into a live table and comes back exactly as it was. */
@WithCassandra
class EveryTypeTest {

  @Test
  void native_values_come_back(TestKeyspace keyspace) {
    roundTrip("natives", CqlTypes.natives(), keyspace);
  }

  @Test
  void collections_and_tuples_come_back(TestKeyspace keyspace) {
    roundTrip("collections", CqlTypes.collections(), keyspace);
  }

  @Test
  void nested_structures_come_back(TestKeyspace keyspace) {
    roundTrip("nested", CqlTypes.nested(), keyspace);
  }

  @Test
  void vectors_come_back(TestKeyspace keyspace) {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "vectors are new in Cassandra 5.0");
    roundTrip("vectors", CqlTypes.vectors(), keyspace);
  }

  @Test
  void the_null_of_a_row_is_not_a_zero(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "nulls")
            .partitionKey("id", CqlType.INT)
            .column("n", CqlType.INT)
            .column("t", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("INSERT INTO nulls (id, n, t) VALUES (1, 0, '')");
    keyspace.execute("INSERT INTO nulls (id) VALUES (2)");
    assertThat(select(keyspace.cluster().session(), table))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(1, row(table, 1, 0, ""), 2, row(table, 2, null, null)));
  }

  @Test
  void a_user_type_that_grew_reads_what_was_written_before(TestKeyspace keyspace) {
    CqlType.UserType small = CqlType.userType("growing", CqlType.UserType.field("a", CqlType.INT));
    CqlType.UserType large =
        CqlType.userType(
            "growing",
            CqlType.UserType.field("a", CqlType.INT),
            CqlType.UserType.field("b", CqlType.TEXT));
    TestConnections.create(keyspace, tableOf(keyspace, "grown", CqlType.frozen(small)));
    keyspace.execute("INSERT INTO grown (id, v) VALUES (1, {a: 7})");
    keyspace.execute("ALTER TYPE growing ADD b text");

    Table grown = tableOf(keyspace, "grown", CqlType.frozen(large));
    Row value = Row.withSchema(large.fieldType().getRowSchema()).addValues(7, null).build();
    assertThat(select(keyspace.cluster().session(), grown))
        .isEqualTo(Map.of(1, row(grown, 1, value)));
    // A pipeline that still knows the smaller type reads on after the larger one was written.
    keyspace.execute("INSERT INTO grown (id, v) VALUES (1, {a: 8, b: 'new'})");
    Table old = tableOf(keyspace, "grown", CqlType.frozen(small));
    Row before = Row.withSchema(small.fieldType().getRowSchema()).addValues(8).build();
    assertThat(select(keyspace.cluster().session(), old)).isEqualTo(Map.of(1, row(old, 1, before)));
  }

  @Test
  void counters_are_read_as_numbers(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "counted")
            .partitionKey("id", CqlType.INT)
            .column("n", CqlType.COUNTER)
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("UPDATE counted SET n = n + 9223372036854775807 WHERE id = 1");
    keyspace.execute("UPDATE counted SET n = n - 1 WHERE id = 2");
    assertThat(select(keyspace.cluster().session(), table))
        .isEqualTo(Map.of(1, row(table, 1, Long.MAX_VALUE), 2, row(table, 2, -1L)));
  }

  private static void roundTrip(String name, List<CqlType> types, TestKeyspace keyspace) {
    Table table = EveryType.table(keyspace, name, types);
    TestConnections.create(keyspace, table);
    CqlSession session = keyspace.cluster().session();
    List<Row> written = EveryType.fill(session, table, types);

    Map<Integer, Row> found = select(session, table);
    assertThat(found).hasSize(EveryType.ROWS);
    for (Row row : written) {
      Row back = found.get(row.getInt32(0));
      for (int i = 0; i < types.size(); i++) {
        CqlType type = types.get(i);
        assertThat(CanonicalValues.of(type, back.getValue(i + 1)))
            .as("row %d of %s", row.getInt32(0), type.cql())
            .isEqualTo(CanonicalValues.of(type, stored(type, row.getValue(i + 1))));
      }
    }
  }

  /**
   * Cassandra keeps no empty collection that is not frozen, nor a user type of nothing but nulls.
   */
  private static Object stored(CqlType type, Object value) {
    boolean nothing =
        value instanceof Map<?, ?> map && map.isEmpty()
            || value instanceof List<?> list && list.isEmpty()
            || type instanceof CqlType.UserType
                && value instanceof Row row
                && row.getValues().stream().allMatch(each -> each == null);
    return nothing && !type.frozen() ? null : value;
  }

  private static Table tableOf(TestKeyspace keyspace, String name, CqlType type) {
    return Table.named(keyspace.name(), name)
        .partitionKey("id", CqlType.INT)
        .column("v", type)
        .build();
  }

  private static Map<Integer, Row> select(CqlSession session, Table table) {
    List<String> names = table.columns().stream().map(Column::name).toList();
    RowDecoder decoder =
        RowDecoder.of(table.rowSchema(), table.columns().stream().map(Column::type).toList());
    Map<Integer, Row> rows = new HashMap<>();
    session
        .execute("SELECT " + String.join(", ", names) + " FROM " + table.qualifiedName())
        .forEach(
            each -> {
              Row row = decoder.decode(each);
              rows.put(row.getInt32(0), row);
            });
    return rows;
  }

  private static Row row(Table table, Object... values) {
    Schema schema = table.rowSchema();
    return Row.withSchema(schema).addValues(values).build();
  }
}
