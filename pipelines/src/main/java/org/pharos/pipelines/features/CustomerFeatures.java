package org.pharos.pipelines.features;

import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.CountDistinct;
import org.pharos.transforms.features.MostFrequent;
import org.pharos.transforms.features.Recency;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.SummarizeEvents;

/**
 * Sales and products in, one row of features a customer out, as known at a time: how often they
 * bought, for how much, how many different products, how long ago, and of which category most.
 */
public final class CustomerFeatures extends PTransform<PCollectionTuple, PCollection<Row>> {
  /** Rows with {@code customer_id}, {@code sold_at}, {@code product_id} and {@code store_sales}. */
  public static final TupleTag<Row> SALES = new TupleTag<>("sales");

  /** Rows with {@code product_id} and {@code product_category}. */
  public static final TupleTag<Row> PRODUCTS = new TupleTag<>("products");

  private static final long serialVersionUID = 1L;

  private static final Schema EVENTS =
      Schema.builder()
          .addInt32Field("customer_id")
          .addDateTimeField("sold_at")
          .addInt32Field("product_id")
          .addDecimalField("store_sales")
          .addNullableStringField("product_category")
          .build();

  private final Instant asOf;

  private CustomerFeatures(Instant asOf) {
    this.asOf = asOf;
  }

  /** The features as known at a time. */
  public static CustomerFeatures asOf(Instant time) {
    return new CustomerFeatures(time);
  }

  /** The table for the features. */
  public static Table table(String keyspace) {
    SummarizeEvents summary = summary(Instant.EPOCH);
    return FeatureTables.history(
        keyspace,
        "customer_features",
        summary.schema(EVENTS),
        summary.entity(),
        SummarizeEvents.AS_OF);
  }

  private static SummarizeEvents summary(Instant asOf) {
    return SummarizeEvents.by("customer_id")
        .asOf(asOf)
        .withEventTime("sold_at")
        .with("purchases", Count.events())
        .with("spend", Sum.of("store_sales"))
        .with("products", CountDistinct.of("product_id"))
        .with("recency_days", Recency.inDays())
        .with("favourite_category", MostFrequent.of("product_category"));
  }

  @Override
  public PCollection<Row> expand(PCollectionTuple tables) {
    PCollectionView<Map<Integer, String>> categories =
        tables
            .get(PRODUCTS)
            .apply(
                "Key products",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.integers(), TypeDescriptors.strings()))
                    .via(
                        product ->
                            KV.of(
                                Objects.requireNonNull(product.getInt32("product_id")),
                                Objects.requireNonNull(product.getString("product_category")))))
            .apply("Share categories", View.asMap());
    return tables
        .get(SALES)
        .apply("Add categories", ParDo.of(new AddCategoryFn(categories)).withSideInputs(categories))
        .setRowSchema(EVENTS)
        .apply("Summarize by customer", summary(asOf));
  }

  private static final class AddCategoryFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<Integer, String>> categories;

    AddCategoryFn(PCollectionView<Map<Integer, String>> categories) {
      this.categories = categories;
    }

    @ProcessElement
    public void add(@Element Row sale, ProcessContext context, OutputReceiver<Row> out) {
      Integer product = Objects.requireNonNull(sale.getInt32("product_id"));
      out.output(
          Row.withSchema(EVENTS)
              .addValues(
                  sale.getInt32("customer_id"),
                  sale.getDateTime("sold_at"),
                  product,
                  sale.getDecimal("store_sales"),
                  context.sideInput(categories).get(product))
              .build());
    }
  }
}
