package org.pharos.pipelines.foodmart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.archive.ArchiveLines;
import org.pharos.pipelines.archive.LineParser;
import org.pharos.pipelines.json.JsonRows;

/** A line of the products file as a row of the products table, with the names of its class. */
final class ParseProduct implements LineParser<Row> {
  private static final long serialVersionUID = 1L;

  private final String archive;
  private final JsonRows rows;
  private transient @Nullable Map<Integer, ObjectNode> classes;

  ParseProduct(String archive, JsonRows rows) {
    this.archive = archive;
    this.rows = rows;
  }

  @Override
  public void parse(ArchiveLines.Line line, Consumer<Row> out) {
    ObjectNode product = JsonRows.object(line.text());
    ObjectNode type = classes().get(product.get("product_class_id").intValue());
    if (type == null) {
      throw new IllegalArgumentException("no product class for " + line.text());
    }
    product.setAll(type);
    out.accept(rows.row(product));
  }

  private Map<Integer, ObjectNode> classes() {
    Map<Integer, ObjectNode> known = classes;
    if (known == null) {
      Map<Integer, ObjectNode> read = new HashMap<>();
      ArchiveLines.whole(archive, FoodMart.PRODUCT_CLASSES)
          .forEach(
              line -> {
                ObjectNode type = JsonRows.object(line.text());
                read.put(type.get("product_class_id").intValue(), type);
              });
      classes = read;
      known = read;
    }
    return known;
  }
}
