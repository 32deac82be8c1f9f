package org.pharos.pipelines.foodmart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.archive.ArchiveLines;
import org.pharos.pipelines.archive.LineParser;
import org.pharos.pipelines.json.JsonRows;

/** A line of a sales file as a row of the sales table, dated by the retailer's own calendar. */
final class ParseSale implements LineParser<Row> {
  private static final long serialVersionUID = 1L;

  private final String archive;
  private final JsonRows rows;
  private transient @Nullable Map<Integer, String> days;

  ParseSale(String archive, JsonRows rows) {
    this.archive = archive;
    this.rows = rows;
  }

  @Override
  public void parse(ArchiveLines.Line line, Consumer<Row> out) {
    ObjectNode sale = JsonRows.object(line.text());
    JsonNode time = sale.get("time_id");
    String day = time == null ? null : days().get(time.intValue());
    if (day == null) {
      throw new IllegalArgumentException(
          "no day of the calendar has the time_id of " + line.text());
    }
    sale.put("sold_at", day + "T00:00:00Z").put("line", line.number());
    out.accept(rows.row(sale));
  }

  private Map<Integer, String> days() {
    Map<Integer, String> known = days;
    if (known == null) {
      Map<Integer, String> read = new HashMap<>();
      ArchiveLines.whole(archive, FoodMart.DAYS)
          .forEach(
              line -> {
                ObjectNode day = JsonRows.object(line.text());
                String date = day.get("the_date").textValue();
                read.put(day.get("time_id").intValue(), date.substring(0, "1997-01-01".length()));
              });
      days = read;
      known = read;
    }
    return known;
  }
}
