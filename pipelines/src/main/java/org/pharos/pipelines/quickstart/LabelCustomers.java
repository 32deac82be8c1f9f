package org.pharos.pipelines.quickstart;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * The spine of the training set: for each customer and each time after their first purchase,
 * whether they buy again within 30 days after it.
 */
final class LabelCustomers {
  private static final Duration WITHIN = Duration.standardDays(30);

  private LabelCustomers() {}

  static CatalogedPipeline<CassandraOptions> cataloged() {
    return CatalogedPipeline.of(
            "label-customers",
            "whether customers buy again within 30 days, as of many times",
            CassandraOptions.class,
            LabelCustomers::assemble)
        .writing(options -> List.of(table(options.getKeyspace())));
  }

  static Table table(String keyspace) {
    return Table.named(keyspace, "repurchases")
        .partitionKey("customer_id", CqlType.INT)
        .clusteringKey("decided_at", CqlType.TIMESTAMP)
        .column("buys_again", CqlType.BOOLEAN)
        .build();
  }

  static void assemble(Pipeline pipeline, CassandraOptions options) {
    CassandraConnection connection = Connections.from(options);
    Table table = table(options.getKeyspace());
    var ignored =
        pipeline
            .apply(
                "Read sales",
                ReadTable.of(FoodMartTables.sales(options.getKeyspace()))
                    .from(connection)
                    .withColumns("customer_id", "sold_at"))
            .apply(
                "Key times by customer",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.integers(), TypeDescriptors.longs()))
                    .via(
                        sale ->
                            KV.of(
                                Objects.requireNonNull(sale.getInt32("customer_id")),
                                Objects.requireNonNull(sale.getDateTime("sold_at")).getMillis())))
            .apply("Group by customer", GroupByKey.create())
            .apply("Label", ParDo.of(new LabelFn(table.rowSchema())))
            .setRowSchema(table.rowSchema())
            .apply("Write labels", WriteTable.of(table).to(connection));
  }

  private static final class LabelFn extends DoFn<KV<Integer, Iterable<Long>>, Row> {
    private static final long serialVersionUID = 1L;

    private final Schema labels;

    LabelFn(Schema labels) {
      this.labels = labels;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Long>> sales, OutputReceiver<Row> out) {
      TreeSet<Long> times = new TreeSet<>();
      sales.getValue().forEach(times::add);
      for (Instant decided : TrainingSet.TIMES) {
        if (times.floor(decided.getMillis()) != null) {
          Long next = times.higher(decided.getMillis());
          boolean again = next != null && next <= decided.plus(WITHIN).getMillis();
          out.output(Row.withSchema(labels).addValues(sales.getKey(), decided, again).build());
        }
      }
    }
  }
}
