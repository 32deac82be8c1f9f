package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Pipelines;

/** What was learned comes out of the table as it went in, version by version. */
@WithCassandra
class FittedTableTest implements Serializable {
  private static final Schema ROWS =
      Schema.builder()
          .addInt32Field("customer")
          .addNullableField("spend", FieldType.DOUBLE)
          .addNullableField("shop", FieldType.STRING)
          .addNullableField("again", FieldType.BOOLEAN)
          .build();

  private final transient TestKeyspace keyspace;
  private final CassandraConnection connection;

  FittedTableTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
    this.connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
  }

  private static Row row(
      int customer, @Nullable Double spend, @Nullable String shop, @Nullable Boolean again) {
    return Row.withSchema(ROWS).addValues(customer, spend, shop, again).build();
  }

  private static FeaturePipeline model() {
    return FeaturePipeline.of(ROWS)
        .with(CategoryCross.of("shop", "customer"))
        .with(CountEncoder.of("shop_x_customer", 10).asShare())
        .with(TargetEncoder.of("shop", "again", "customer"))
        .with(SimpleImputer.mean("spend"))
        .with(RobustScaler.of("spend"));
  }

  @Test
  void a_version_is_applied_as_it_was_fitted_until_it_is_replaced() {
    FittedTable models = FittedTable.of(model(), keyspace.name(), "spending", connection);
    models.table().createStatements().forEach(keyspace::execute);
    List<Row> first =
        List.of(row(1, 2.0, "a", true), row(2, 4.0, "b", false), row(3, null, "a", null));
    List<Row> nothing = List.of(row(1, null, null, null));
    write(models, 1, first);
    write(models, 2, first);
    write(models, 2, nothing);

    assertThat(models.load(1).learned()).isEqualTo(model().fit(first).learned());
    // Nulls replace what was there, and a map without entries is none.
    Row asked = row(9, 3.0, "a", null);
    assertThat(models.load(2).apply(asked)).isEqualTo(model().fit(nothing).apply(asked));

    Pipeline pipeline = Pipelines.create();
    PAssert.that(
            pipeline
                .apply(Create.of(first).withRowSchema(ROWS))
                .apply(model().apply(pipeline.apply(models.read(1)).apply(View.asSingleton()))))
        .containsInAnyOrder(first.stream().map(model().fit(first)::apply).toList());
    pipeline.run().waitUntilFinish();
  }

  private static void write(FittedTable models, int version, List<Row> rows) {
    Pipeline pipeline = Pipelines.create();
    var ignored =
        pipeline
            .apply(Create.of(rows).withRowSchema(ROWS))
            .apply("Fit", model().fit())
            .apply(models.write(version));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_version_that_is_not_there_is_named() {
    FittedTable models = FittedTable.of(model(), keyspace.name(), "empty", connection);
    models.table().createStatements().forEach(keyspace::execute);
    assertThatThrownBy(() -> models.load(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty_fitted has no version 7: fit the pipeline and write it first");
    assertThatThrownBy(() -> models.write(0)).hasMessage("a version is 1 or more, not 0");
    Pipeline pipeline = Pipelines.create();
    pipeline.apply(models.read(7));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("empty_fitted has no version 7"); // Flink wraps it
  }
}
