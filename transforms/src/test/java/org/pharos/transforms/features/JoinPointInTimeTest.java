package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Pipelines;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/** Both engines against a look at every row. */
@WithCassandra
class JoinPointInTimeTest implements Serializable {
  private final transient TestKeyspace keyspace;
  private final transient CassandraConnection connection;
  private final transient Pipeline pipeline = Pipelines.create();

  JoinPointInTimeTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
    this.connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
  }

  /** Joins by both engines, and checks both. */
  private void check(
      FeatureView view, AsOf rule, UnaryOperator<JoinPointInTime> rules, @Nullable Object missing) {
    Random random = new Random(7);
    List<Row> rows = Statements.history(random, 300);
    Table history = FeatureTables.history(keyspace.name(), view);
    keyspace.execute("DROP TABLE IF EXISTS " + history.qualifiedName());
    history.createStatements().forEach(keyspace::execute);
    Pipeline filling = Pipelines.create();
    var ignored =
        filling
            .apply(Create.of(rows).withRowSchema(Statements.historySchema()))
            .apply(WriteTable.of(history).to(connection));
    filling.run().waitUntilFinish();

    List<Row> spine = Statements.spine(random, 200);
    List<List<@Nullable Object>> expected = Statements.joined(spine, rows, rule, missing);
    assertThat(expected).anyMatch(row -> row.get(4) == null).anyMatch(row -> row.get(4) != null);
    PCollection<Row> asked =
        pipeline.apply("Spine", Create.of(spine).withRowSchema(Statements.SPINE));
    PCollection<Row> table = pipeline.apply("Read history", ReadTable.of(history).from(connection));
    JoinPointInTime at = JoinPointInTime.at("at");
    List<PCollection<Row>> joined =
        List.of(
            asked.apply("Merge", rules.apply(at.merging(view, table))),
            asked.apply("Look up", rules.apply(at.lookingUp(view, keyspace.name(), connection))));
    for (PCollection<Row> each : joined) {
      assertThat(each.getSchema().getFieldNames())
          .containsExactly(
              "customer",
              "shop",
              "at",
              "label",
              "spending_as_of",
              "spending_purchases",
              "spending_favourite");
      PAssert.that(each).satisfies(found -> checkSame(found, expected));
    }
    pipeline.run().waitUntilFinish();
  }

  private static @Nullable Void checkSame(
      Iterable<Row> found, List<List<@Nullable Object>> expected) {
    List<List<@Nullable Object>> values = new ArrayList<>();
    found.forEach(row -> values.add(Statements.comparable(row.getValues())));
    assertThat(values).containsExactlyInAnyOrderElementsOf(expected);
    return null;
  }

  @Test
  void each_row_of_the_spine_has_what_was_known_at_its_time() {
    check(
        Statements.view(),
        AsOf.of(null, true, true, Duration.ZERO),
        UnaryOperator.identity(),
        null);
  }

  @Test
  void what_has_expired_or_was_not_yet_served_does_not_count() {
    check(
        Statements.view().withTimeToLive(Duration.standardHours(4)),
        AsOf.of(Duration.standardHours(4), false, true, Duration.standardHours(2)),
        join ->
            join.strictlyBefore()
                .withServingLag(Duration.standardHours(2))
                .withDefault("spending_purchases", -1L),
        -1L);
  }

  @Test
  void a_history_in_buckets_is_joined_across_them_whatever_was_known() {
    check(
        Statements.view()
            .withTimeToLive(Duration.standardHours(13))
            .withBucket(Duration.standardHours(5)),
        AsOf.of(Duration.standardHours(13), true, false, Duration.ZERO),
        JoinPointInTime::whateverWasKnown,
        null);
  }

  @Test
  void several_views_and_versions_are_joined_side_by_side() {
    FeatureView first = Statements.view();
    FeatureView second =
        FeatureView.named("spending", 2).of(Statements.ROWS).by("shop").at("as_of");
    assertThat(
            JoinPointInTime.at("at")
                .lookingUp(first, "ks", connection)
                .lookingUp(second, "ks", connection)
                .schema(Statements.SPINE)
                .getFieldNames())
        .endsWith(
            "spending_as_of",
            "spending_purchases",
            "spending_favourite",
            "spending_v2_as_of",
            "spending_v2_customer",
            "spending_v2_purchases",
            "spending_v2_favourite");
  }

  @Test
  void what_does_not_fit_is_refused_while_the_pipeline_is_made() {
    FeatureView view = Statements.view();
    JoinPointInTime join = JoinPointInTime.at("at").lookingUp(view, "ks", connection);
    assertRefused(
        () -> JoinPointInTime.at("at").schema(Statements.SPINE),
        "there is no view to join: add one by merging(...) or lookingUp(...)");
    assertRefused(() -> join.lookingUp(view, "ks", connection), "view spending_v1 is joined twice");
    assertRefused(
        () -> JoinPointInTime.at("when").lookingUp(view, "k", connection).schema(Statements.SPINE),
        "the spine has no field when, only [customer, shop, at, label]");
    assertRefused(
        () -> JoinPointInTime.at("label").lookingUp(view, "k", connection).schema(Statements.SPINE),
        "the spine's time label must be a timestamp, but is INT32");
    assertRefused(
        () -> join.schema(Schema.builder().addDateTimeField("at").addStringField("shop").build()),
        "view spending_v1: what is joined has no field customer, only [at, shop]");
    assertRefused(
        () ->
            join.schema(
                Schema.builder()
                    .addDateTimeField("at")
                    .addStringField("shop")
                    .addStringField("customer")
                    .build()),
        "view spending_v1: customer is INT64, but in what is joined STRING");
    assertRefused(
        () ->
            join.schema(
                Schema.builder()
                    .addFields(Statements.SPINE.getFields())
                    .addNullableField("spending_as_of", FieldType.INT32)
                    .build()),
        "view spending_v1: the joined rows would have the field spending_as_of twice");
    assertRefused(
        () -> join.withDefault("spending_spend", 1L),
        "a default for spending_spend: no feature is called so, only [spending_purchases,"
            + " spending_favourite]");
    assertRefused(
        () -> join.withDefault("spending_purchases", "none"),
        "the default of spending_purchases must be INT64, not none");
    assertRefused(
        () -> join.withServingLag(Duration.millis(-1)), "a serving lag is not negative: PT-0.001S");
    assertRefused(
        () ->
            JoinPointInTime.at("at")
                .lookingUp(view.withBucket(Duration.standardDays(1)), "ks", connection),
        "view spending_v1 has buckets but no time to live, so looking up knows no first bucket: say"
            + " merging(...), or give the view a time to live");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String message) {
    assertThatThrownBy(what).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
