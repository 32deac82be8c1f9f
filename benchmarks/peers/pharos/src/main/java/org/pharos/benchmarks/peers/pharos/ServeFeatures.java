package org.pharos.benchmarks.peers.pharos;

import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.pharos.benchmarks.workload.Serving;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.features.OnlineFeatures;

/** Requests for features, by the client of the store. */
final class ServeFeatures {
  private static final Schema ENTITY = Schema.builder().addInt64Field("entity_id").build();

  private ServeFeatures() {}

  static void run(Task task) throws Exception {
    Serving serving = Serving.of(task.job());
    OnlineFeatures.Views views = OnlineFeatures.of(view(0));
    for (int i = 1; i < serving.views(); i++) {
      views = views.and(view(i));
    }
    CassandraConnection connection =
        CassandraConnection.to(task.contactPoint()).withLocalDatacenter(task.datacenter());
    try (OnlineFeatures online = views.open(Shape.KEYSPACE, connection)) {
      serving.measure(task.keys(), entities -> ask(online, serving, entities));
    }
  }

  private static FeatureView view(int number) {
    Schema.Builder rows = Schema.builder().addInt64Field("entity_id").addDateTimeField("as_of");
    for (int i = 0; i < Serving.FEATURES; i++) {
      rows.addNullableField("f" + i, Schema.FieldType.DOUBLE);
    }
    return FeatureView.named(Serving.view(number), 1).of(rows.build()).by("entity_id").at("as_of");
  }

  private static long ask(OnlineFeatures online, Serving serving, List<Long> entities) {
    List<Row> asked =
        entities.stream().map(entity -> Row.withSchema(ENTITY).addValue(entity).build()).toList();
    long digest = 0;
    for (Row row : online.read(asked).join()) {
      // The entity, and then of each view its time and its features.
      for (int view = 0, field = 1; view < serving.views(); view++, field += 4) {
        digest +=
            Serving.digest(
                view,
                row.getInt64(0),
                row.getDouble(field + 1),
                row.getDouble(field + 2),
                row.getDouble(field + 3));
      }
    }
    return digest;
  }
}
