package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Pipelines;

/** What is erased is gone, what is not stays, and the receipts tell of both. */
@WithCassandra
class EraseEntitiesTest {
  private static final Schema ENTITY =
      Schema.builder()
          .addNullableField("customer", FieldType.INT64)
          .addStringField("shop")
          .addStringField("why")
          .build();

  private final TestKeyspace keyspace;
  private final CassandraConnection connection;
  private final FeatureView parted;

  EraseEntitiesTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
    this.connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
    this.parted =
        FeatureView.named("parted", 1)
            .of(Statements.ROWS)
            .by("shop", "customer")
            .at("as_of")
            .withBucket(Duration.standardDays(1));
  }

  private List<Table> tables() {
    return List.of(
        FeatureTables.history(keyspace.name(), Statements.view()),
        FeatureTables.online(keyspace.name(), Statements.view()),
        FeatureTables.history(keyspace.name(), parted),
        FeatureTables.online(keyspace.name(), parted));
  }

  private void fill() {
    for (Table table : tables()) {
      table.createStatements().forEach(keyspace::execute);
    }
    List<Row> rows = new ArrayList<>();
    for (long customer = 1; customer <= 4; customer++) {
      for (int day = 0; day < 3; day++) {
        rows.add(
            Row.withSchema(Statements.ROWS)
                .addValues(
                    "s",
                    customer,
                    Instant.now().minus(Duration.standardDays(2 * day)),
                    customer,
                    "tea")
                .build());
      }
    }
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> all = pipeline.apply(Create.of(rows).withRowSchema(Statements.ROWS));
    for (FeatureView view : List.of(Statements.view(), parted)) {
      var ignored =
          all.apply("Write " + view, WriteFeatures.of(view).in(keyspace.name()).to(connection));
    }
    pipeline.run().waitUntilFinish();
  }

  private static Row entity(long customer) {
    return Row.withSchema(ENTITY).addValues(customer, "s", "asked for it").build();
  }

  private EraseEntities erase() {
    return EraseEntities.by("shop", "customer")
        .from(keyspace.name(), Statements.view())
        .from(keyspace.name(), parted)
        .at(connection);
  }

  private PCollection<String> receipts(Pipeline pipeline, Row... entities) {
    return pipeline
        .apply(Create.of(Arrays.asList(entities)).withRowSchema(ENTITY))
        .apply(erase())
        .apply(MapElements.into(TypeDescriptors.strings()).via(EraseEntitiesTest::told));
  }

  private static String told(Row receipt) {
    String table = receipt.getString("table");
    return receipt.getValue("customer")
        + " "
        + table.substring(table.indexOf('.') + 1)
        + " "
        + receipt.getValue("rows_found")
        + " "
        + receipt.getValue("rows_left");
  }

  @Test
  void what_is_erased_is_gone_and_is_told_by_entity_and_table() {
    fill();
    Pipeline pipeline = Pipelines.create();
    PAssert.that(receipts(pipeline, entity(2), entity(2), entity(4), entity(9)))
        .containsInAnyOrder(
            "2 spending_v1_history 3 0",
            "2 spending_v1_online 1 0",
            "2 parted_v1_history 3 0",
            "2 parted_v1_online 1 0",
            "4 spending_v1_history 3 0",
            "4 spending_v1_online 1 0",
            "4 parted_v1_history 3 0",
            "4 parted_v1_online 1 0",
            "9 spending_v1_history 0 0",
            "9 spending_v1_online 0 0",
            "9 parted_v1_history 0 0",
            "9 parted_v1_online 0 0");
    pipeline.run().waitUntilFinish();
    for (Table table : tables()) {
      assertThat(keyspace.execute("SELECT customer FROM " + table.qualifiedName()).all())
          .extracting(row -> row.getLong("customer"))
          .containsOnly(1L, 3L);
    }
  }

  @Test
  void what_cannot_be_erased_is_refused_by_name() {
    EraseEntities erase = EraseEntities.by("shop", "customer");
    Table other = Table.named("shop", "other").partitionKey("customer", CqlType.BIGINT).build();
    assertThatThrownBy(() -> erase.from(other))
        .hasMessageContaining(
            "other is not kept by [shop, customer], but by [customer]: erase from it by itself");
    assertThatThrownBy(() -> EraseEntities.by("a", "a"))
        .hasMessage("an entity has one field or more, each once, not [a, a]");
    assertThatThrownBy(() -> erase.receipts(Statements.ROWS).getField("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> entities = pipeline.apply(Create.of(entity(1)).withRowSchema(ENTITY));
    assertThatThrownBy(() -> entities.apply("Nothing", erase.at(connection)))
        .hasMessage("nothing is erased: add tables by from(...)");
    assertThatThrownBy(
            () ->
                entities.apply(
                    "Another",
                    EraseEntities.by("city")
                        .from(
                            Table.named("shop", "other")
                                .partitionKey("city", CqlType.BIGINT)
                                .build())
                        .at(connection)))
        .hasMessageContaining(
            "the rows of entities have no field city, only [customer, shop, why]");
  }

  @Test
  void an_entity_without_its_fields_fails_the_job() {
    Pipeline pipeline = Pipelines.create();
    var ignored =
        receipts(pipeline, Row.withSchema(ENTITY).addValues(null, "s", "no customer").build());
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("an entity has no customer: nothing can be erased of it");
  }
}
