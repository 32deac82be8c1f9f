package org.pharos.pipelines.quickstart;

import java.nio.file.Path;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.features.BuildFeatures;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.pipelines.tables.RowText;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.features.OnlineFeatures;

/** The features of a customer as a service would ask for them: without a pipeline. */
final class ServedCustomer {
  private static final int CUSTOMER = 6280;

  private ServedCustomer() {}

  /** The customer's row, as JSON. */
  static String read(CassandraOptions options, Path definition) {
    FeatureView view =
        BuildFeatures.view(
            definition.toString(), FoodMartTables.sales(options.getKeyspace()).rowSchema());
    Row customer =
        Row.withSchema(Schema.builder().addInt32Field("customer_id").build())
            .addValue(CUSTOMER)
            .build();
    try (OnlineFeatures online =
        OnlineFeatures.of(view).open(options.getKeyspace(), Connections.from(options))) {
      return RowText.of(online.read(customer).join()).toString();
    }
  }
}
