package org.pharos.pipelines.quickstart;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
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
import org.pharos.transforms.tallies.Tallies;
import org.pharos.transforms.tallies.TallyByKey;

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
        findings = findings.and(rows.apply("Tally sales", tally(ReadBack::countSale)));
      }
      if (name.equals("degrees")) {
        findings = findings.and(rows.apply("Tally degrees", tally(ReadBack::countDegrees)));
      }
    }
    findings
        .apply("Together", Flatten.pCollections())
        .apply("Write findings", TextIO.write().to(options.getFindings()).withoutSharding());
  }

  /**
   * All that a table is counted for in one step: batch on Flink copies rows for each further one.
   */
  private static TallyByKey<Row, String> tally(TallyByKey.Counting<Row> counting) {
    return TallyByKey.of(1, counting, (key, sum) -> key + "\t" + sum[0], String.class);
  }

  private static void countSale(Row sale, Tallies findings) {
    BigDecimal amount = Objects.requireNonNull(sale.getDecimal("store_sales"));
    findings.add("day\t" + day(sale, "sold_at"), 0, amount.movePointRight(4).longValueExact());
    findings.add("partition\t" + sale.getInt32("store_id") + "\t" + day(sale, "period"), 0, 1);
  }

  private static String day(Row sale, String field) {
    return Objects.requireNonNull(sale.getDateTime(field)).toString().substring(0, 10);
  }

  private static void countDegrees(Row node, Tallies findings) {
    for (String direction : List.of("out", "in")) {
      findings.add("degree\t" + direction + "\t" + node.getInt64(direction + "_degree"), 0, 1);
    }
  }
}
