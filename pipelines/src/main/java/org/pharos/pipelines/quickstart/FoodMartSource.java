package org.pharos.pipelines.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pharos.pipelines.tables.CanonicalRow;
import org.pharos.pipelines.tables.RowDigest;

/**
 * What the retailer's tables must hold, told from the files alone: neither the doors nor the
 * parsers and tables of the loading pipeline take part, so a fault of theirs shows.
 */
final class FoodMartSource {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MIDNIGHT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T00:00:00.000Z'", Locale.ROOT);
  private static final long PERIOD_DAYS = 28;

  private FoodMartSource() {}

  /** The digest of each table by its name, from the artifact's file. */
  static Map<String, RowDigest> digests(Path jar) {
    Map<String, RowDigest> digests = new LinkedHashMap<>();
    try (TextArchive archive = new TextArchive(jar)) {
      digests.put("sales", sales(archive));
      digests.put("customers", customers(archive));
      digests.put("products", products(archive));
      return digests;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }

  private static RowDigest sales(TextArchive archive) throws IOException {
    Map<String, LocalDate> days = new HashMap<>();
    archive.forEach(
        "time_by_day.json",
        (line, number) -> {
          Map<String, String> day = members(line);
          days.put(need(day, "time_id"), LocalDate.parse(need(day, "the_date").substring(0, 10)));
        });
    RowDigest[] sum = {RowDigest.EMPTY};
    for (String file :
        List.of("sales_fact_1997.json", "sales_fact_1998.json", "sales_fact_dec_1998.json")) {
      archive.forEach(
          file,
          (line, number) -> {
            Map<String, String> sale = members(line);
            LocalDate day = need(days, need(sale, "time_id"));
            sale.remove("time_id");
            LocalDate period =
                LocalDate.ofEpochDay(
                    day.toEpochDay() - Math.floorMod(day.toEpochDay(), PERIOD_DAYS));
            sale.put("sold_at", midnight(day));
            sale.put("period", midnight(period));
            sale.put("line", Integer.toString(number));
            sum[0] = sum[0].plus(text(sale));
          });
    }
    return sum[0];
  }

  private static RowDigest customers(TextArchive archive) throws IOException {
    RowDigest[] sum = {RowDigest.EMPTY};
    archive.forEach("customer.json", (line, number) -> sum[0] = sum[0].plus(text(members(line))));
    return sum[0];
  }

  private static RowDigest products(TextArchive archive) throws IOException {
    Map<String, Map<String, String>> classes = new HashMap<>();
    archive.forEach(
        "product_class.json",
        (line, number) -> {
          Map<String, String> type = members(line);
          classes.put(need(type, "product_class_id"), type);
        });
    RowDigest[] sum = {RowDigest.EMPTY};
    archive.forEach(
        "product.json",
        (line, number) -> {
          Map<String, String> product = members(line);
          product.putAll(need(classes, need(product, "product_class_id")));
          sum[0] = sum[0].plus(text(product));
        });
    return sum[0];
  }

  private static <K, V> V need(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key), () -> "nothing for " + key);
  }

  private static String midnight(LocalDate day) {
    return MIDNIGHT.format(day.atStartOfDay(ZoneOffset.UTC));
  }

  private static String text(Map<String, String> members) {
    CanonicalRow row = new CanonicalRow();
    members.forEach((name, value) -> row.add(name.toLowerCase(Locale.ROOT), value));
    return row.text();
  }

  /** The members that are not null, numbers and truths as the file writes them. */
  private static Map<String, String> members(String line) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          members.put(parser.currentName(), parser.getText());
        }
      }
    }
    return members;
  }
}
