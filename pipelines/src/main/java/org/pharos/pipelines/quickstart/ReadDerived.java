package org.pharos.pipelines.quickstart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.features.CustomerFeatures;
import org.pharos.schemas.Table;
import org.pharos.schemas.text.TextTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.tallies.Tallies;
import org.pharos.transforms.tallies.TallyByKey;

/**
 * Reads what the quickstart derived, for what the report shows of it. Findings go to a file,
 * tab-separated: {@code features purchases spend products recency_days category}, {@code words
 * tokens total}, {@code words documents total}, {@code words terms total}, {@code words occurrences
 * total}, {@code word term documents occurrences} for the most common ones.
 */
final class ReadDerived {
  private static final int MOST_COMMON = 25;

  private ReadDerived() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The file to write.")
    String getFindings();

    void setFindings(String file);
  }

  static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "read-derived",
            "what was derived, for the report",
            Options.class,
            ReadDerived::assemble)
        .reading(options -> tables(options.getKeyspace()));
  }

  static List<Table> tables(String keyspace) {
    return List.of(
        CustomerFeatures.table(keyspace), TextTables.tokens(keyspace), TextTables.terms(keyspace));
  }

  static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    String keyspace = options.getKeyspace();

    PCollection<String> features =
        pipeline
            .apply("Read features", ReadTable.of(CustomerFeatures.table(keyspace)).from(connection))
            .apply(
                "Tell features",
                MapElements.into(TypeDescriptors.strings()).via(ReadDerived::features));

    PCollection<Row> tokens =
        pipeline.apply("Read tokens", ReadTable.of(TextTables.tokens(keyspace)).from(connection));
    PCollection<Row> terms =
        pipeline.apply("Read terms", ReadTable.of(TextTables.terms(keyspace)).from(connection));

    PCollectionList.of(features)
        .and(tokens.apply("Tally tokens", total(ReadDerived::countTokens)))
        .and(terms.apply("Tally terms", total(ReadDerived::countTerm)))
        .and(mostCommon(terms))
        .apply("Together", Flatten.pCollections())
        .apply("Write findings", TextIO.write().to(options.getFindings()).withoutSharding());
  }

  private static String features(Row row) {
    List<String> cells = new ArrayList<>();
    cells.add("features");
    for (String name :
        List.of("purchases", "spend", "products", "recency_days", "favourite_category")) {
      cells.add(Objects.toString(row.<Object>getValue(name)));
    }
    return String.join("\t", cells);
  }

  private static int sizeOf(Object collection) {
    return ((Collection<?>) collection).size();
  }

  private static TallyByKey<Row, String> total(TallyByKey.Counting<Row> counting) {
    return TallyByKey.of(
        1, counting, (name, sum) -> "words\t" + name + "\t" + sum[0], String.class);
  }

  private static void countTokens(Row document, Tallies totals) {
    totals.add("documents", 0, 1);
    totals.add("tokens", 0, sizeOf(document.getValue("tokens")));
  }

  private static void countTerm(Row term, Tallies totals) {
    totals.add("terms", 0, 1);
    totals.add("occurrences", 0, Objects.requireNonNull(term.getInt64("occurrences")));
  }

  private static PCollection<String> mostCommon(PCollection<Row> terms) {
    return terms
        .apply(
            "Documents of each",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                .via(
                    row ->
                        KV.of(
                            row.getString("term") + "\t" + row.getInt64("occurrences"),
                            Objects.requireNonNull(row.getInt64("documents")))))
        .apply("Most common", Top.of(MOST_COMMON, new KV.OrderByValue<>()))
        .apply(
            "Tell words",
            FlatMapElements.into(TypeDescriptors.strings())
                .via(
                    top ->
                        top.stream()
                            .map(kv -> "word\t" + kv.getKey() + "\t" + kv.getValue())
                            .toList()));
  }
}
