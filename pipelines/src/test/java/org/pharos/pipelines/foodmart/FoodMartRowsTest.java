package org.pharos.pipelines.foodmart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.MavenArtifacts;
import org.pharos.pipelines.archive.ArchiveLines;
import org.pharos.pipelines.json.JsonRows;

/** On the real artifact. */
class FoodMartRowsTest {
  private static final String JAR = MavenArtifacts.file(FoodMart.ARTIFACT).toString();

  @Test
  void dates_a_sale_by_the_calendar_and_numbers_it() {
    ParseSale parser = new ParseSale(JAR, JsonRows.of(FoodMartTables.sales("shop")));
    List<Row> rows = new ArrayList<>();

    ArchiveLines.split(JAR, "sales_fact_1997.json", 1000)
        .get(0)
        .forEach(line -> parser.parse(line, rows::add));

    assertThat(rows).hasSize(7);
    assertThat(rows.get(1).getValues())
        .containsExactly(
            2,
            Instant.parse("1997-01-05T00:00:00Z"),
            6280,
            1,
            1512,
            0,
            new BigDecimal("1.6200"),
            new BigDecimal("0.6318"),
            new BigDecimal("3.0000"));
  }

  @Test
  void names_the_categories_of_a_product() {
    ParseProduct parser = new ParseProduct(JAR, JsonRows.of(FoodMartTables.products("shop")));
    List<Row> rows = new ArrayList<>();

    ArchiveLines.split(JAR, FoodMart.PRODUCTS, 100).get(0).forEach(l -> parser.parse(l, rows::add));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getValues().subList(0, 10))
        .containsExactly(
            1,
            30,
            "Juice",
            "Pure Juice Beverages",
            "Beverages",
            "Drink",
            "Washington",
            "Washington Berry Juice",
            90748583674L,
            new BigDecimal("2.8500"));
  }

  @Test
  void refuses_a_sale_on_no_day() {
    ParseSale parser = new ParseSale(JAR, JsonRows.of(FoodMartTables.sales("shop")));

    assertThatThrownBy(
            () -> parser.parse(new ArchiveLines.Line("f", 0, "{\"time_id\":1}"), row -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no day of the calendar has the time_id of {\"time_id\":1}");
  }

  @Test
  void refuses_a_number_where_a_text_belongs() {
    JsonRows customers = JsonRows.of(FoodMartTables.customers("shop"));

    assertThatThrownBy(() -> customers.row(JsonRows.object("{\"customer_id\":1,\"city\":7}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a JSON number that does not fit column city text");
  }
}
