package org.pharos.pipelines.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.LookupRows;

/**
 * Rows by their keys. Keys come in a file, each a line of the table's name, a tab and a JSON object
 * of key columns; rows go to a file, each a line of the table's name, a tab, the key, a tab and the
 * row as JSON. A key without rows has one line with nothing after its last tab.
 */
public final class LookUpKeys {
  private LookUpKeys() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description(
        "The tables of the keyspace, with commas between them; sales:3 looks up by the first 3"
            + " columns of the key. Without a number it is by the partition key.")
    @Validation.Required
    List<String> getTables();

    void setTables(List<String> tables);

    @Description("The file of keys, each a line of table, tab, and a JSON object of key columns.")
    @Validation.Required
    String getKeys();

    void setKeys(String file);

    @Description("The file to write, on a file system that Beam knows.")
    @Validation.Required
    String getRows();

    void setRows(String file);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "look-up", "rows of any tables by keys in a file", Options.class, LookUpKeys::assemble)
        .checking(options -> options.getTables().forEach(LookUpKeys::check))
        .describing(options -> options.getTables().stream().map(LookUpKeys::name).toList());
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    PCollection<String> keys = pipeline.apply("Read keys", TextIO.read().from(options.getKeys()));
    PCollectionList<String> lines = PCollectionList.empty(pipeline);
    for (String each : options.getTables()) {
      String name = name(each);
      Table table = DescribedTables.named(options, name);
      JsonRows parser = JsonRows.of(table, keyColumns(table, each));
      LookupRows.Result result =
          keys.apply("Keys of " + name, ParDo.of(new ParseKeyFn(name, parser)))
              .setRowSchema(parser.schema())
              .apply("Look up " + name, LookupRows.of(table).from(connection));
      lines =
          lines
              .and(
                  result
                      .found()
                      .apply(
                          "Tell found in " + name,
                          MapElements.into(TypeDescriptors.strings())
                              .via(
                                  found ->
                                      line(
                                          name,
                                          found.getKey(),
                                          RowText.of(found.getValue()).toString()))))
              .and(
                  result
                      .missing()
                      .apply(
                          "Tell missing in " + name,
                          MapElements.into(TypeDescriptors.strings())
                              .via(key -> line(name, key, ""))));
    }
    lines
        .apply("Together", Flatten.pCollections())
        .apply("Write rows", TextIO.write().to(options.getRows()).withoutSharding());
  }

  private static void check(String table) {
    if (!table.matches("\\w{1,48}(:[1-9]\\d?)?")) {
      throw new BadOption(
          "tables", table, "the name of a table is allowed, or NAME:N for the first N key columns");
    }
  }

  private static String name(String table) {
    int colon = table.indexOf(':');
    return colon < 0 ? table : table.substring(0, colon);
  }

  private static List<String> keyColumns(Table table, String asked) {
    int colon = asked.indexOf(':');
    int least = table.partitionKey().size();
    int most = table.primaryKey().size();
    int count = colon < 0 ? least : Integer.parseInt(asked.substring(colon + 1));
    if (count < least || count > most) {
      throw new BadOption(
          "tables",
          asked,
          "from " + least + " to " + most + " columns are allowed: " + names(table.primaryKey()));
    }
    return names(table.primaryKey().subList(0, count));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static String line(String table, Row key, String row) {
    return table + "\t" + RowText.of(key) + "\t" + row;
  }

  private static final class ParseKeyFn extends DoFn<String, Row> {
    private static final long serialVersionUID = 1L;
    private final String table;
    private final JsonRows parser;

    ParseKeyFn(String table, JsonRows parser) {
      this.table = table;
      this.parser = parser;
    }

    @ProcessElement
    public void parse(@Element String line, OutputReceiver<Row> out) {
      int tab = line.indexOf('\t');
      if (tab < 0) {
        throw new IllegalArgumentException("no tab between table and key: " + line);
      }
      if (line.substring(0, tab).equals(table)) {
        ObjectNode key = JsonRows.object(line.substring(tab + 1));
        out.output(parser.row(key));
      }
    }
  }
}
