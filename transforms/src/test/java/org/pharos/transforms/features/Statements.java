package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/** A view, generated rows of its history and spines for them, and what a join of them must find. */
final class Statements {
  static final Instant START = Instant.parse("1998-01-01T00:00:00Z");

  static final Schema ROWS =
      Schema.builder()
          .addStringField("shop")
          .addInt64Field("customer")
          .addDateTimeField("as_of")
          .addNullableField("purchases", FieldType.INT64)
          .addNullableField("favourite", FieldType.STRING)
          .build();

  static final Schema SPINE =
      Schema.builder()
          .addNullableField("customer", FieldType.INT64)
          .addNullableField("shop", FieldType.STRING)
          .addNullableField("at", FieldType.DATETIME)
          .addInt32Field("label")
          .build();

  private static final Schema HISTORY =
      Schema.builder()
          .addFields(ROWS.getFields())
          .addNullableField(FeatureView.KNOWN_AT, FieldType.DATETIME)
          .addNullableField(FeatureView.INGESTED_AT, FieldType.DATETIME)
          .build();

  private Statements() {}

  static FeatureView view() {
    return FeatureView.named("spending", 1).of(ROWS).by("shop", "customer").at("as_of");
  }

  /** Tied, late, corrected and duplicate rows of few entities; none of which a key has twice. */
  static List<Row> history(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    List<List<Object>> keys = new ArrayList<>();
    while (rows.size() < count) {
      Instant at = START.plus(Duration.standardHours(random.nextInt(48)));
      Instant known = at.plus(Duration.standardHours(random.nextInt(3) * random.nextInt(10)));
      String shop = "s" + random.nextInt(2);
      long customer = random.nextInt(4);
      List<Object> key = List.of(shop, customer, at, known);
      if (!keys.contains(key)) {
        keys.add(key);
        rows.add(
            Row.withSchema(HISTORY)
                .addValues(
                    shop,
                    customer,
                    at,
                    random.nextInt(6) == 0 ? null : (long) rows.size(),
                    random.nextInt(6) == 0 ? null : "f" + rows.size(),
                    known,
                    known)
                .build());
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  /** Some before all, some after, some of nobody, some twice. */
  static List<Row> spine(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Row.withSchema(SPINE)
              .addValues(
                  random.nextInt(20) == 0 ? null : (long) random.nextInt(5),
                  "s" + random.nextInt(2),
                  random.nextInt(20) == 0
                      ? null
                      : START.plus(Duration.standardHours(random.nextInt(80) - 5)),
                  random.nextInt(2))
              .build());
    }
    rows.add(rows.get(0));
    return rows;
  }

  static Schema historySchema() {
    return HISTORY;
  }

  /** Each row of the spine with what the definition of the join finds, every row looked at. */
  static List<List<@Nullable Object>> joined(
      List<Row> spine, List<Row> history, AsOf rule, @Nullable Object missingPurchases) {
    List<List<@Nullable Object>> joined = new ArrayList<>();
    for (Row row : spine) {
      Row best = null;
      for (Row each : history) {
        if (each.getValue("shop").equals(row.getValue("shop"))
            && each.getValue("customer").equals(row.getValue("customer"))
            && row.getValue("at") != null
            && counts(rule, each, millis(row, "at"))
            && (best == null || isLater(each, best))) {
          best = each;
        }
      }
      List<@Nullable Object> values = new ArrayList<>(row.getValues());
      values.add(best == null ? null : best.getValue("as_of"));
      Object purchases = best == null ? null : best.getValue("purchases");
      values.add(purchases == null ? missingPurchases : purchases);
      values.add(best == null ? null : best.getValue("favourite"));
      joined.add(comparable(values));
    }
    return joined;
  }

  private static boolean counts(AsOf rule, Row row, long time) {
    long at = millis(row, "as_of");
    return (rule.inclusive() ? at <= time : at < time)
        && (rule.timeToLive() == null || at >= time - rule.timeToLive())
        && (!rule.known() || millis(row, FeatureView.KNOWN_AT) <= time - rule.lag());
  }

  private static boolean isLater(Row one, Row other) {
    long difference = millis(one, "as_of") - millis(other, "as_of");
    return difference > 0
        || (difference == 0
            && millis(one, FeatureView.KNOWN_AT) > millis(other, FeatureView.KNOWN_AT));
  }

  private static long millis(Row row, String field) {
    ReadableInstant time = row.getValue(field);
    return time.getMillis();
  }

  /** Values of which equal times are equal, whatever class holds them. */
  static List<@Nullable Object> comparable(List<@Nullable Object> values) {
    List<@Nullable Object> same = new ArrayList<>();
    for (Object value : values) {
      same.add(value instanceof ReadableInstant time ? time.getMillis() + " ms" : value);
    }
    return same;
  }
}
