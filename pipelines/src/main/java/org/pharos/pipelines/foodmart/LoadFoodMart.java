package org.pharos.pipelines.foodmart;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * A retailer into Cassandra: every line of its receipts of two years, its customers and its
 * products. Running it again writes the same rows.
 */
public final class LoadFoodMart {
  private LoadFoodMart() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("Path of the artifact " + FoodMart.ARTIFACT + " on the workers.")
    @Validation.Required
    String getData();

    void setData(String path);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "load-foodmart",
            "a retailer's sales, customers and products into their tables",
            Options.class,
            LoadFoodMart::assemble)
        .writing(options -> FoodMartTables.all(options.getKeyspace()));
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    String keyspace = options.getKeyspace();
    String data = options.getData();

    pipeline
        .apply("Read sales", ReadFoodMart.sales(data, keyspace))
        .apply("Write sales", WriteTable.of(FoodMartTables.sales(keyspace)).to(connection));
    pipeline
        .apply("Read customers", ReadFoodMart.customers(data, keyspace))
        .apply("Write customers", WriteTable.of(FoodMartTables.customers(keyspace)).to(connection));
    pipeline
        .apply("Read products", ReadFoodMart.products(data, keyspace))
        .apply("Write products", WriteTable.of(FoodMartTables.products(keyspace)).to(connection));
  }
}
