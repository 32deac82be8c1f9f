package org.pharos.pipelines.features;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Instant;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * The retailer's sales into features of its customers, as known at a time: running it for several
 * times keeps the rows of each. Running it again for one writes the same rows.
 */
public final class BuildCustomerFeatures {
  private BuildCustomerFeatures() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description(
        "The time at which the features are stated, in ISO-8601; later sales do not count.")
    @Default.String("1998-12-31T00:00:00Z")
    String getAsOf();

    void setAsOf(String time);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "build-customer-features",
            "features of each customer at a time: purchases, spend, products, recency, category",
            Options.class,
            BuildCustomerFeatures::assemble)
        .checking(
            options -> {
              Instant checked = asOf(options);
              assert checked != null;
            })
        .reading(
            options ->
                List.of(
                    FoodMartTables.sales(options.getKeyspace()),
                    FoodMartTables.products(options.getKeyspace())))
        .writing(options -> List.of(CustomerFeatures.table(options.getKeyspace())));
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    String keyspace = options.getKeyspace();

    PCollectionTuple.of(
            CustomerFeatures.SALES,
            pipeline.apply(
                "Read sales",
                ReadTable.of(FoodMartTables.sales(keyspace))
                    .from(connection)
                    .withColumns("customer_id", "sold_at", "product_id", "store_sales")))
        .and(
            CustomerFeatures.PRODUCTS,
            pipeline.apply(
                "Read products",
                ReadTable.of(FoodMartTables.products(keyspace))
                    .from(connection)
                    .withColumns("product_id", "product_category")))
        .apply("Build features", CustomerFeatures.asOf(asOf(options)))
        .apply("Write features", WriteTable.of(CustomerFeatures.table(keyspace)).to(connection));
  }

  private static Instant asOf(Options options) {
    try {
      return Instant.parse(options.getAsOf());
    } catch (IllegalArgumentException e) {
      throw new BadOption(
          "asOf", options.getAsOf(), "a time in ISO-8601 is allowed, such as 1998-12-31T00:00:00Z");
    }
  }
}
