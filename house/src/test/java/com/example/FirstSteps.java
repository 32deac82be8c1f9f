package com.example;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.pharos.schemas.Order;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Keyspace;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.Tables;
import org.pharos.transforms.cassandra.WriteTable;

/** The program of the README: the house compiles it as a stranger's, and runs it. */
public final class FirstSteps {
  private FirstSteps() {}

  // SHOWN
  @DefaultSchema(RecordSchema.class)
  public record Purchase(String customer, Instant at, String product, double price) {}

  static final Table PURCHASES =
      Table.of(Purchase.class, "shop", "purchases")
          .partitionKey("customer")
          .clusteringKey("at", Order.DESCENDING)
          .build();

  public static void run(CassandraConnection cassandra, String output) {
    try (Tables tables = Tables.connect(cassandra)) {
      tables.createKeyspace(Keyspace.simple("shop", 1));
      tables.create(PURCHASES);
    }
    Pipeline write = Pipeline.create();
    write
        .apply(Create.of(new Purchase("ada", Instant.parse("2026-03-14T09:26:53Z"), "tea", 3.5)))
        .apply(WriteTable.of(PURCHASES).to(cassandra));
    write.run().waitUntilFinish();

    Pipeline read = Pipeline.create();
    read.apply(ReadTable.of(PURCHASES).from(cassandra).as(Purchase.class))
        .apply(MapElements.into(TypeDescriptors.strings()).via(Purchase::toString))
        .apply(TextIO.write().to(output));
    read.run().waitUntilFinish();
  }

  public static void main(String[] args) {
    run(CassandraConnection.to("127.0.0.1:9042").withLocalDatacenter("dc1"), "purchases");
  }
  // SHOWN
}
