package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

@WithCassandra
class TableClientTest {
  private static final int ROWS = 100;
  private static final Schema PARTITION = Schema.builder().addInt32Field("k").build();
  private static final Schema KEY =
      Schema.builder().addStringField("note").addInt64Field("c").addInt32Field("k").build();

  private final Table table;
  private final CassandraConnection connection;

  TableClientTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = numbers(keyspace);
    connection = TestConnections.to(cluster);
  }

  private static Table numbers(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "numbers")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.BIGINT, Order.DESCENDING)
        .column("v", CqlType.TEXT)
        .build();
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    TestConnections.create(keyspace, numbers(keyspace));
    for (long c = 0; c < ROWS; c++) {
      keyspace.execute("INSERT INTO numbers (k, c, v) VALUES (1, ?, ?)", c, "v" + c);
    }
  }

  private static Row partition(int k) {
    return Row.withSchema(PARTITION).addValue(k).build();
  }

  private static Row key(int k, long c) {
    return Row.withSchema(KEY).addValues("other fields do not matter", c, k).build();
  }

  private static Optional<String> value(CompletableFuture<Optional<Row>> answer) {
    return answer.join().map(row -> row.getString("v"));
  }

  @Test
  void finds_rows_by_their_key_many_at_once() {
    try (TableClient client = TableClient.open(table, connection)) {
      List<CompletableFuture<Optional<Row>>> asked = new ArrayList<>();
      for (long c = 0; c < ROWS + 1; c++) {
        asked.add(client.find(key(1, c)));
      }
      for (int c = 0; c < ROWS; c++) {
        assertThat(asked.get(c).join().orElseThrow().getValues())
            .containsExactly(1, (long) c, "v" + c);
      }
      assertThat(asked.get(ROWS).join()).isEmpty();
    }
  }

  @Test
  void finds_the_first_wanted_row_of_a_span_however_many_pages_it_is_away() {
    try (TableClient client = TableClient.open(table, connection)) {
      assertThat(value(client.first(partition(1), 10L, 20L, row -> true))).contains("v20");
      assertThat(value(client.first(partition(1), 0L, 99L, row -> row.getInt64("c") < 3)))
          .contains("v2");
      assertThat(client.first(partition(1), 0L, 99L, row -> false).join()).isEmpty();
      assertThat(client.first(partition(1), 200L, 300L, row -> true).join()).isEmpty();
      assertThat(client.first(partition(2), 0L, 99L, row -> true).join()).isEmpty();
    }
  }

  @Test
  void a_bucket_is_computed(TestKeyspace keyspace) {
    Table bucketed =
        Table.named(keyspace.name(), "bucketed")
            .partitionKey("k", CqlType.INT)
            .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
            .clusteringKey("at", CqlType.TIMESTAMP)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, bucketed);
    keyspace.execute(
        "INSERT INTO bucketed (k, day, at, v) VALUES (1, '2026-01-02T00:00:00Z',"
            + " '2026-01-02T03:00:00Z', 'x')");
    Schema key = Schema.builder().addInt32Field("k").addDateTimeField("at").build();
    try (TableClient client = TableClient.open(bucketed, connection)) {
      Row found = Row.withSchema(key).addValues(1, Instant.parse("2026-01-02T03:00:00Z")).build();
      assertThat(value(client.find(found))).contains("x");
      assertThat(
              value(
                  client.first(
                      found, Instant.EPOCH, Instant.parse("2026-02-01T00:00:00Z"), row -> true)))
          .contains("x");
    }
  }

  @Test
  void what_cannot_be_asked_is_told(TestKeyspace keyspace) {
    Table missing = Table.named(keyspace.name(), "missing").partitionKey("k", CqlType.INT).build();
    assertThatThrownBy(() -> TableClient.open(missing, connection).close())
        .isInstanceOf(CassandraFailure.class)
        .hasMessageContaining("preparing to read failed at " + missing.qualifiedName());
    try (TableClient client = TableClient.open(table, connection)) {
      assertThatThrownBy(() -> value(client.find(partition(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("c");
      Schema nullable = Schema.builder().addNullableField("k", Schema.FieldType.INT32).build();
      assertThatThrownBy(
              () ->
                  value(
                      client.first(
                          Row.withSchema(nullable).addValue(null).build(), 0L, 1L, row -> true)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("key column k is null");
    }
  }
}
