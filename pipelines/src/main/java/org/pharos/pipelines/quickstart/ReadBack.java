package org.pharos.pipelines.quickstart;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.pipelines.tables.DigestRows;
import org.pharos.pipelines.wordnet.LoadWordNet;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;

/**
 * Reads all loaded tables once, by token range: for the digest of each, and on the way for what the
 * report shows of sales and degrees. Findings go to a file, tab-separated: {@code digest table rows
 * sum}, {@code day date sales_in_ten_thousandths}, {@code partition store period rows}, {@code
 * degree direction degree nodes}.
 */
final class ReadBack {
  private ReadBack() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The file to write.")
    String getFindings();

    void setFindings(String file);
  }

  static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "read-back", "digests of all loaded tables", Options.class, ReadBack::assemble)
        .reading(options -> tables(options.getKeyspace()));
  }

  static List<Table> tables(String keyspace) {
    List<Table> tables = new java.util.ArrayList<>(FoodMartTables.all(keyspace));
    tables.addAll(LoadWordNet.tables(keyspace));
    return tables;
  }

  static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    PCollectionList<String> findings = PCollectionList.empty(pipeline);
    for (Table table : tables(options.getKeyspace())) {
      String name = table.name();
      PCollection<Row> rows = pipeline.apply("Read " + name, ReadTable.of(table).from(connection));
      findings =
          findings.and(
              rows.apply("Digest " + name, DigestRows.ofAllColumns())
                  .apply(
                      "Tell digest of " + name,
                      MapElements.into(TypeDescriptors.strings())
                          .via(
                              sum ->
                                  String.join(
                                      "\t",
                                      "digest",
                                      name,
                                      Long.toString(sum.rows()),
                                      sum.hex()))));
      if (name.equals("sales")) {
        findings = findings.and(sales(rows));
      }
      if (name.equals("degrees")) {
        findings = findings.and(degrees(rows, "out")).and(degrees(rows, "in"));
      }
    }
    findings
        .apply("Together", Flatten.pCollections())
        .apply("Write findings", TextIO.write().to(options.getFindings()).withoutSharding());
  }

  private static List<PCollection<String>> sales(PCollection<Row> sales) {
    PCollection<String> days =
        sales
            .apply("Amount by day", MapElements.via(new AmountByDay()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
            .apply("Sum by day", Sum.longsPerKey())
            .apply("Tell days", MapElements.via(new Tell("day")));
    PCollection<String> partitions =
        sales
            .apply("Partition of a sale", MapElements.via(new PartitionOf()))
            .apply("Rows a partition", Count.perElement())
            .apply("Tell partitions", MapElements.via(new Tell("partition")));
    return List.of(days, partitions);
  }

  private static PCollection<String> degrees(PCollection<Row> degrees, String direction) {
    return degrees
        .apply(
            "Degree " + direction,
            MapElements.into(TypeDescriptors.strings())
                .via(row -> direction + "\t" + row.getInt64(direction + "_degree")))
        .apply("Nodes by degree " + direction, Count.perElement())
        .apply("Tell degrees " + direction, MapElements.via(new Tell("degree")));
  }

  private static final class AmountByDay extends SimpleFunction<Row, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, Long> apply(Row sale) {
      BigDecimal amount = Objects.requireNonNull(sale.getDecimal("store_sales"));
      return KV.of(
          Objects.requireNonNull(sale.getDateTime("sold_at")).toString().substring(0, 10),
          amount.movePointRight(4).longValueExact());
    }
  }

  private static final class PartitionOf extends SimpleFunction<Row, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(Row sale) {
      return sale.getInt32("store_id")
          + "\t"
          + Objects.requireNonNull(sale.getDateTime("period")).toString().substring(0, 10);
    }
  }

  private static final class Tell extends SimpleFunction<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final String kind;

    Tell(String kind) {
      this.kind = kind;
    }

    @Override
    public String apply(KV<String, Long> counted) {
      return kind + "\t" + counted.getKey() + "\t" + counted.getValue();
    }
  }
}
