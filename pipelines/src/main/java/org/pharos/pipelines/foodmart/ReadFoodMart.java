package org.pharos.pipelines.foodmart;

import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.archive.LineParser;
import org.pharos.pipelines.archive.ReadArchive;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.schemas.Table;

/** One of the retailer's tables out of the artifact, as rows of ours. */
final class ReadFoodMart extends PTransform<PBegin, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final String archive;
  private final List<String> files;
  private final JsonRows rows;
  private final LineParser<Row> parser;

  private ReadFoodMart(
      String archive, List<String> files, Table table, Function<JsonRows, LineParser<Row>> parser) {
    this.archive = archive;
    this.files = files;
    this.rows = JsonRows.of(table);
    this.parser = parser.apply(rows);
  }

  static ReadFoodMart sales(String archive, String keyspace) {
    return new ReadFoodMart(
        archive,
        FoodMart.SALES,
        FoodMartTables.sales(keyspace),
        rows -> new ParseSale(archive, rows));
  }

  static ReadFoodMart customers(String archive, String keyspace) {
    return new ReadFoodMart(
        archive,
        List.of(FoodMart.CUSTOMERS),
        FoodMartTables.customers(keyspace),
        rows -> (line, out) -> out.accept(rows.row(JsonRows.object(line.text()))));
  }

  static ReadFoodMart products(String archive, String keyspace) {
    return new ReadFoodMart(
        archive,
        List.of(FoodMart.PRODUCTS),
        FoodMartTables.products(keyspace),
        rows -> new ParseProduct(archive, rows));
  }

  @Override
  public PCollection<Row> expand(PBegin begin) {
    return begin
        .apply("Read lines", ReadArchive.of(archive, files, parser, TypeDescriptors.rows()))
        .setRowSchema(rows.schema());
  }
}
