package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Pipelines;

/** Who registered what is kept; what a version's tables depend on cannot change. */
@WithCassandra
class RegisterViewTest {
  private final TestKeyspace keyspace;
  private final CassandraConnection connection;

  RegisterViewTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
    this.connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
    FeatureTables.registry(keyspace.name()).createStatements().forEach(keyspace::execute);
  }

  private void register(FeatureView view, String who) {
    Pipeline pipeline = Pipelines.create();
    var ignored = pipeline.apply(RegisterView.of(view, who, keyspace.name(), connection));
    pipeline.run().waitUntilFinish();
  }

  private List<Row> entries() {
    return keyspace
        .execute(
            "SELECT version, registered_by, owner, ttl_seconds, tags, entity, features FROM"
                + " feature_views WHERE name = 'visits'")
        .all();
  }

  private static FeatureView view(int version, Schema rows) {
    return FeatureView.named("visits", version)
        .of(rows)
        .by("shop", "customer")
        .at("as_of")
        .withOwner("growth")
        .withTags("web", "till", "web");
  }

  @Test
  void each_change_is_entered_once_with_who_made_it() {
    FeatureView view = view(1, Statements.ROWS);
    register(view, "ada");
    register(view, "bob");
    register(view.withTimeToLive(Duration.standardDays(1)).withOwner("shops"), "eve");
    register(view(2, Statements.ROWS), "bob");

    List<Row> entries = entries();
    assertThat(entries)
        .extracting(
            row ->
                row.getInt("version")
                    + " "
                    + row.getString("registered_by")
                    + " "
                    + row.getString("owner")
                    + " "
                    + row.getObject("ttl_seconds"))
        .containsExactly("2 bob growth null", "1 eve shops 86400", "1 ada growth null");
    assertThat(entries.get(0).getList("tags", String.class)).containsExactly("till", "web");
    assertThat(entries.get(0).getList("entity", String.class)).containsExactly("shop", "customer");
    assertThat(entries.get(0).getMap("features", String.class, String.class))
        .isEqualTo(Map.of("purchases", "bigint", "favourite", "text"));

    Schema other =
        Schema.builder()
            .addFields(Statements.ROWS.getFields())
            .addNullableField("more", Schema.FieldType.INT32)
            .build();
    assertThatThrownBy(() -> register(view(1, other), "max"))
        .hasStackTraceContaining(
            "view visits_v1 was registered by eve with another features, {favourite=text,"
                + " purchases=bigint}, where it has {favourite=text, more=int, purchases=bigint}:"
                + " give it another version");
    assertThat(entries()).hasSize(3);
    assertThatThrownBy(() -> RegisterView.of(view, " ", "shop", connection))
        .hasMessage("say who registers view visits_v1");
  }
}
