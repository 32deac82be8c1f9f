package org.pharos.cassandraio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.cassandra.CassandraIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

@WithCassandra
class CassandraRowsTest {

  private static final CqlType.UserType POINT =
      CqlType.userType(
          "point",
          CqlType.UserType.field("x", CqlType.DOUBLE),
          CqlType.UserType.field("y", CqlType.INT));

  private static Table table;

  @BeforeAll
  static void create(TestKeyspace keyspace) {
    table =
        Table.named(keyspace.name(), "things")
            .partitionKey("id", CqlType.INT)
            .partitionKey("Group", CqlType.TEXT)
            .clusteringKey("at", CqlType.TIMESTAMP, Order.DESCENDING)
            .column("address", CqlType.INET)
            .column("amount", CqlType.DECIMAL)
            .column("bytes", CqlType.BLOB)
            .column("day", CqlType.DATE)
            .column("large", CqlType.VARINT)
            .column("lasts", CqlType.DURATION)
            .column("points", CqlType.list(POINT))
            .column("select", CqlType.BIGINT)
            .column("tags", CqlType.map(CqlType.TEXT, CqlType.set(CqlType.INT)))
            .column("time", CqlType.TIME)
            .column("uuid", CqlType.UUID)
            .build();
    table.createStatements().forEach(statement -> keyspace.execute(statement));
  }

  @Test
  void rows_go_in_and_come_back_and_are_deleted(TestKeyspace keyspace) throws Exception {
    CassandraCluster cluster = keyspace.cluster();
    List<Row> rows = rows(200);
    Pipeline write = pipeline();
    write
        .apply(Create.of(rows).withCoder(RowCoder.of(table.rowSchema())))
        .apply(to(CassandraRows.write(table), cluster));
    write.run().waitUntilFinish();

    Pipeline read = pipeline();
    assertHolds(read.apply("Rows", from(CassandraRows.read(table), cluster)), rows);
    List<String> some = List.of("select", "Group");
    assertHolds(
        read.apply("Some", from(CassandraRows.read(table, some), cluster)),
        rows.stream()
            .map(
                row ->
                    Row.withSchema(table.rowSchema(some))
                        .addValues(row.getValue("select"), row.getValue("Group"))
                        .build())
            .toList());
    read.run().waitUntilFinish();

    Pipeline delete = pipeline();
    delete
        .apply(Create.of(rows.subList(50, rows.size())).withCoder(RowCoder.of(table.rowSchema())))
        .apply(to(CassandraRows.delete(table, table.rowSchema()), cluster));
    delete.run().waitUntilFinish();
    Pipeline again = pipeline();
    assertHolds(again.apply(from(CassandraRows.read(table), cluster)), rows.subList(0, 50));
    again.run().waitUntilFinish();
  }

  @Test
  void a_null_leaves_what_is_there(TestKeyspace keyspace) {
    keyspace.execute("CREATE TABLE partial (id int PRIMARY KEY, a text, b text)");
    keyspace.execute("INSERT INTO partial (id, a, b) VALUES (1, 'a', 'b')");
    Table partial =
        Table.named(keyspace.name(), "partial")
            .partitionKey("id", CqlType.INT)
            .column("a", CqlType.TEXT)
            .column("b", CqlType.TEXT)
            .build();
    Schema input =
        Schema.builder()
            .addNullableField("b", Schema.FieldType.STRING)
            .addNullableField("a", Schema.FieldType.STRING)
            .addByteField("id")
            .build();
    Pipeline pipeline = pipeline();
    pipeline
        .apply(
            Create.of(Row.withSchema(input).addValues("new", null, (byte) 1).build())
                .withCoder(RowCoder.of(input)))
        .apply(to(CassandraRows.write(partial, input), keyspace.cluster()));
    pipeline.run().waitUntilFinish();
    com.datastax.oss.driver.api.core.cql.Row row =
        keyspace.execute("SELECT a, b FROM partial").one();
    assertThat(row.getString("a")).isEqualTo("a");
    assertThat(row.getString("b")).isEqualTo("new");
  }

  @Test
  void what_does_not_fit_is_refused_while_assembling() {
    Schema input = Schema.builder().addStringField("id").addInt32Field("else").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraRows.write(table, input))
        .withMessageStartingWith("the input does not fit " + table.qualifiedName() + ": ")
        .withMessageContaining("column id int takes INT32, not STRING; ")
        .withMessageContaining("column Group is not in the input")
        .withMessageContaining("there is no column else");
    Table vectors =
        Table.named("ks", "v")
            .partitionKey("id", CqlType.INT)
            .column("list", CqlType.list(CqlType.vector(CqlType.FLOAT, 3)))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraRows.read(vectors))
        .withMessage(
            "table ks.v has vectors (column list), and CassandraIO's driver cannot see such a"
                + " table; use ReadTable and WriteTable");
    Table counters =
        Table.named("ks", "c").partitionKey("id", CqlType.INT).column("n", CqlType.COUNTER).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraRows.write(counters))
        .withMessage("table ks.c has counters, which cannot be inserted; write it with WriteTable");
  }

  /**
   * In one thread: each instance of CassandraIO's functions opens, and slowly closes, a session.
   */
  private static Pipeline pipeline() {
    return Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
  }

  private static void assertHolds(PCollection<Row> found, List<Row> expected) {
    List<Row> rows = new ArrayList<>(expected);
    PAssert.that(found)
        .satisfies(
            each -> {
              assertThat(each).containsExactlyInAnyOrderElementsOf(rows);
              return null;
            });
  }

  private static List<Row> rows(int count) throws Exception {
    Schema point = POINT.fieldType().getRowSchema();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row.Builder row =
          Row.withSchema(table.rowSchema())
              .addValues(i % 20, "group " + i, Instant.ofEpochMilli(i * 1_000_003L));
      rows.add(
          i % 5 == 0
              ? row.addValues(null, null, null, null, null, null, null, null, null, null, null)
                  .build()
              : row.addValues(
                      InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}),
                      new BigDecimal(BigInteger.valueOf(i * 7L), i % 9 - 4),
                      new byte[] {0, (byte) i},
                      LocalDate.ofEpochDay(i * 100L - 9_000),
                      BigInteger.TWO.pow(i).negate(),
                      new CalendarDuration(i, 2 * i, 3L * i),
                      List.of(
                          Row.withSchema(point).addValues(i / 3.0, null).build(),
                          Row.withSchema(point).addValues(null, i).build()),
                      Long.MIN_VALUE + i,
                      Map.of("a", List.of(i, i + 1), "b", List.of()),
                      LocalTime.ofNanoOfDay(i * 123_456_789L),
                      new UUID(i, -i))
                  .build());
    }
    return rows;
  }

  private static CassandraIO.Read<Row> from(CassandraIO.Read<Row> read, CassandraCluster cluster) {
    return read.withHosts(hosts(cluster)).withPort(port(cluster)).withLocalDc(cluster.datacenter());
  }

  private static CassandraIO.Write<Row> to(CassandraIO.Write<Row> write, CassandraCluster cluster) {
    return write
        .withHosts(hosts(cluster))
        .withPort(port(cluster))
        .withLocalDc(cluster.datacenter());
  }

  private static List<String> hosts(CassandraCluster cluster) {
    return cluster.contactPoints().stream()
        .map(each -> each.substring(0, each.lastIndexOf(':')))
        .toList();
  }

  private static int port(CassandraCluster cluster) {
    String first = cluster.contactPoints().get(0);
    return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
  }
}
