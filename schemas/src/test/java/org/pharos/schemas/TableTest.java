package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pharos.schemas.CqlType.UserType.field;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.util.SerializableUtils;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {

  record Purchase(
      String customerId, Instant boughtAt, int line, BigDecimal amount, Set<String> tags) {}

  record Embedding(String id, Vector embedding) {}

  record Chunk(String id, @Dimension(3) Vector embedding) {}

  private static final Table PURCHASES =
      Table.of(Purchase.class, "shop", "purchases")
          .partitionKey("customer_id")
          .clusteringKey("bought_at", Order.DESCENDING)
          .clusteringKey("line")
          .bucketedBy(Bucket.byTime("month", "bought_at", Duration.standardDays(30)))
          .build();

  @Test
  void infers_columns_from_a_record() {
    assertThat(PURCHASES.columns())
        .containsExactly(
            new Column("customer_id", CqlType.TEXT, Column.Kind.PARTITION_KEY),
            new Column("month", CqlType.TIMESTAMP, Column.Kind.PARTITION_KEY),
            new Column("bought_at", CqlType.TIMESTAMP, Column.Kind.CLUSTERING),
            new Column("line", CqlType.INT, Column.Kind.CLUSTERING),
            new Column("amount", CqlType.DECIMAL, Column.Kind.REGULAR),
            new Column("tags", CqlType.set(CqlType.TEXT), Column.Kind.REGULAR));
    assertThat(PURCHASES.order("bought_at")).isEqualTo(Order.DESCENDING);
    assertThat(PURCHASES.order("line")).isEqualTo(Order.ASCENDING);
    assertThat(PURCHASES.primaryKey())
        .extracting(Column::name)
        .containsExactly("customer_id", "month", "bought_at", "line");
  }

  @Test
  void groups_columns_by_kind_in_the_order_of_declaration() {
    Table table =
        Table.named("ks", "t")
            .column("r1", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("s", CqlType.INT)
            .partitionKey("p2", CqlType.INT)
            .column("r2", CqlType.INT)
            .partitionKey("p1", CqlType.INT)
            .build();

    assertThat(table.columns())
        .extracting(Column::name)
        .containsExactly("p2", "p1", "c", "s", "r1", "r2");
    assertThat(table.hasStaticColumns()).isTrue();
    assertThat(table.hasCounters()).isFalse();
  }

  @Test
  void replaces_an_inferred_type() {
    Table table =
        Table.of(Embedding.class, "ks", "t")
            .column("id", CqlType.TIMEUUID)
            .partitionKey("id")
            .column("embedding", CqlType.vector(CqlType.FLOAT, 4))
            .build();

    assertThat(table.columns())
        .containsExactly(
            new Column("id", CqlType.TIMEUUID, Column.Kind.PARTITION_KEY),
            new Column("embedding", CqlType.vector(CqlType.FLOAT, 4), Column.Kind.REGULAR));
  }

  @Test
  void takes_a_vectors_dimension_from_its_annotation() {
    assertThat(Table.of(Chunk.class, "ks", "t").partitionKey("id").build().column("embedding"))
        .isEqualTo(new Column("embedding", CqlType.vector(CqlType.FLOAT, 3), Column.Kind.REGULAR));
  }

  @Test
  void key_columns_of_a_row_are_not_null() {
    assertThat(PURCHASES.rowSchema())
        .isEqualTo(
            Schema.builder()
                .addStringField("customer_id")
                .addDateTimeField("month")
                .addDateTimeField("bought_at")
                .addInt32Field("line")
                .addNullableDecimalField("amount")
                .addNullableIterableField("tags", Schema.FieldType.STRING)
                .build());
    assertThat(PURCHASES.rowSchema(List.of("amount", "customer_id")))
        .isEqualTo(
            Schema.builder()
                .addNullableDecimalField("amount")
                .addStringField("customer_id")
                .build());
  }

  @Test
  void a_partition_with_static_columns_only_has_no_clustering_values() {
    Table table =
        Table.named("ks", "t")
            .partitionKey("p", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("s", CqlType.TEXT)
            .build();

    assertThat(table.rowSchema())
        .isEqualTo(
            Schema.builder()
                .addInt32Field("p")
                .addNullableInt32Field("c")
                .addNullableStringField("s")
                .build());
  }

  @Test
  void a_table_is_told_its_bucket() {
    Table described =
        Table.named("shop", "events")
            .partitionKey("day", CqlType.TIMESTAMP)
            .clusteringKey("at", CqlType.TIMESTAMP)
            .build();
    Bucket day = Bucket.byTime("day", "at", Duration.standardDays(1));

    assertThat(described.bucketedBy(day).bucket()).contains(day);
    assertThat(described.bucketedBy(day).columns()).isEqualTo(described.columns());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> described.bucketedBy(Bucket.byTime("at", "day", Duration.standardDays(1))))
        .withMessageContaining("bucket at must be part of the partition key");
  }

  @Test
  void is_a_value() {
    Table same =
        Table.of(Purchase.class, "shop", "purchases")
            .partitionKey("customer_id")
            .clusteringKey("bought_at", Order.DESCENDING)
            .clusteringKey("line")
            .bucketedBy(Bucket.byTime("month", "bought_at", Duration.standardDays(30)))
            .build();

    assertThat(same).isEqualTo(PURCHASES).hasSameHashCodeAs(PURCHASES);
    assertThat(SerializableUtils.clone(PURCHASES)).isEqualTo(PURCHASES);
    assertThat(PURCHASES.inKeyspace("other")).isNotEqualTo(PURCHASES);
    assertThat(PURCHASES.inKeyspace("other").inKeyspace("shop")).isEqualTo(PURCHASES);
  }

  @Test
  void the_order_of_columns_is_part_of_the_value() {
    Table ab = simple(t -> t.column("a", CqlType.INT).column("b", CqlType.INT));
    Table ba = simple(t -> t.column("b", CqlType.INT).column("a", CqlType.INT));

    assertThat(ab).isNotEqualTo(ba);
  }

  @Test
  void names_the_columns_there_are() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PURCHASES.column("amonut"))
        .withMessage(
            "table shop.purchases has no column amonut, only [customer_id, month, bought_at, line,"
                + " amount, tags]");
    assertThat(PURCHASES.find("amonut")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PURCHASES.order("amount"))
        .withMessage(
            "table shop.purchases has no clustering column amount, only [bought_at, line]");
  }

  @Test
  void refuses_what_cassandra_would_refuse() {
    refused(t -> t.partitionKey("p", CqlType.INT), "column p is declared twice");
    refused(
        t -> t.clusteringKey("c", CqlType.list(CqlType.INT)),
        "key column c must be frozen: list<int>");
    refused(
        t -> t.clusteringKey("c", CqlType.DURATION),
        "a duration has no order, so column c cannot be a key");
    refused(t -> t.staticColumn("s", CqlType.INT), "static columns need a clustering key");
    refused(t -> t.clusteringKey("c", CqlType.COUNTER), "key column c cannot be a counter");
    refused(
        t -> t.column("n", CqlType.COUNTER).column("x", CqlType.INT),
        "column x stands beside counters and must be one, not int");
    refused(
        t ->
            t.column("a", CqlType.userType("u", field("x", CqlType.INT)))
                .column("b", CqlType.userType("u", field("x", CqlType.TEXT))),
        "user type u is two: [Field[name=x, type=text]] and [Field[name=x, type=int]]");
    refused(
        t -> t.index(Index.of("i", "p")),
        "index i is on p, the whole partition key, which needs none");
    refused(
        t -> t.column("x", CqlType.INT).index(Index.of("i", "x").onKeys()),
        "index i is on the KEYS of x, which is no map");
    refused(
        t -> t.column("x", CqlType.INT).index(Index.of("i", "x")).index(Index.of("i", "x")),
        "index i is declared twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.named("ks", "t").column("x", CqlType.INT).build())
        .withMessage("table ks.t: no partition key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.named("a-b", "t"))
        .withMessage(
            "the name of a keyspace is 1 to 48 letters, digits and underscores, not 'a-b'");
  }

  @Test
  void refuses_a_bucket_that_cannot_be_computed() {
    refused(
        t -> t.bucketedBy(Bucket.byHash("b", List.of("x"), 4)),
        "table ks.t has no column x, only [p, b]",
        "");
    refused(
        t ->
            t.clusteringKey("c", CqlType.TEXT)
                .bucketedBy(Bucket.byTime("b", "c", Duration.standardDays(1))),
        "bucket b cannot be computed from c, a text");
    refused(
        t ->
            t.column("b", CqlType.INT)
                .clusteringKey("c", CqlType.TEXT)
                .bucketedBy(Bucket.byHash("b", List.of("c"), 4)),
        "bucket b must be part of the partition key as a int, not a regular column of type int");
  }

  @Test
  void names_the_component_whose_type_is_missing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of(Embedding.class, "ks", "t").partitionKey("id").build())
        .withMessage(
            "table ks.t: org.pharos.schemas.TableTest$Embedding.embedding is a vector of unknown"
                + " dimension: annotate it with @Dimension, or state the type of column"
                + " embedding");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of(Embedding.class, "ks", "t").partitionKey("key"))
        .withMessage(
            "table ks.t: column key needs a type: no record component says it, only [id,"
                + " embedding] do");
  }

  private static Table simple(UnaryOperator<TableBuilder> with) {
    return with.apply(Table.named("ks", "t").partitionKey("p", CqlType.INT)).build();
  }

  private static void refused(UnaryOperator<TableBuilder> with, String why) {
    refused(with, why, "table ks.t: ");
  }

  private static void refused(UnaryOperator<TableBuilder> with, String why, String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> simple(with)).withMessage(prefix + why);
  }
}
