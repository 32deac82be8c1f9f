package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.features.FeatureView;

/** What would have leaked, against joins that look at every row. */
class AuditLeakageTest implements Serializable {
  private static final int PURCHASES = 5;
  private static final int FAVOURITE = 6;

  @Test
  void tells_how_many_rows_careless_joins_would_have_given_another_value() {
    Random random = new Random(5);
    List<Row> history = Statements.history(random, 200);
    List<Row> spine = Statements.spine(random, 300);
    FeatureView view = Statements.view().withTimeToLive(Duration.standardHours(20));
    AsOf rule = AsOf.of(Duration.standardHours(20), true, true, Duration.ZERO);
    List<Row> whose =
        spine.stream()
            .filter(row -> row.getValue("customer") != null && row.getValue("at") != null)
            .toList();
    List<List<@Nullable Object>> right = Statements.joined(whose, history, rule, null);
    List<List<@Nullable Object>> unaware =
        Statements.joined(
            whose, history, AsOf.of(Duration.standardHours(20), true, false, Duration.ZERO), null);
    List<List<@Nullable Object>> newest =
        Statements.joined(
            whose.stream().map(AuditLeakageTest::atTheEnd).toList(),
            history,
            AsOf.of(null, true, false, Duration.ZERO),
            null);
    List<Row> expected = new ArrayList<>();
    for (int column : List.of(PURCHASES, FAVOURITE)) {
      expected.add(
          Row.withSchema(AuditLeakage.SCHEMA)
              .addValues(
                  "spending_v1",
                  column == PURCHASES ? "purchases" : "favourite",
                  (long) whose.size(),
                  differences(right, newest, column),
                  differences(right, unaware, column))
              .build());
    }
    assertThat(expected).allMatch(row -> row.getInt64("from_the_future") > 0);
    assertThat(expected).allMatch(row -> row.getInt64("not_yet_known") > 0);

    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply("Spine", Create.of(spine).withRowSchema(Statements.SPINE))
                .apply(
                    AuditLeakage.at("at")
                        .of(
                            view,
                            pipeline.apply(
                                "History",
                                Create.of(history).withRowSchema(Statements.historySchema())))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static Row atTheEnd(Row row) {
    return Row.fromRow(row)
        .withFieldValue("at", Statements.START.plus(Duration.standardDays(1_000)))
        .build();
  }

  private static long differences(
      List<List<@Nullable Object>> one, List<List<@Nullable Object>> other, int column) {
    long differences = 0;
    for (int i = 0; i < one.size(); i++) {
      differences += Objects.equals(one.get(i).get(column), other.get(i).get(column)) ? 0 : 1;
    }
    return differences;
  }
}
