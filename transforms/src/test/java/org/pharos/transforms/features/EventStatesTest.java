package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** All aggregators side by side: split, stored, encoded, merged in any order. */
class EventStatesTest {

  private static final Instant AS_OF = Instant.parse("1998-07-01T00:00:00Z");

  private static final Schema EVENTS =
      Schema.builder()
          .addInt64Field("customer")
          .addDateTimeField("at")
          .addNullableField("units", FieldType.INT32)
          .addNullableField("price", FieldType.DECIMAL)
          .addNullableField("weight", FieldType.DOUBLE)
          .addNullableField("category", FieldType.STRING)
          .build();

  private static final FeatureLayout LAYOUT =
      new FeatureLayout(EVENTS, List.of("customer"), "at", features());

  private static List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    features.addAll(Feature.of("events", Count.events()));
    features.addAll(Feature.of("prices", Count.of("price")));
    features.addAll(Feature.of("units", Sum.of("units")));
    features.addAll(Feature.of("spend", Sum.of("price"), Trailing.days(30), Trailing.all()));
    features.addAll(Feature.of("weight", Sum.of("weight")));
    features.addAll(Feature.of("categories", CountDistinct.of("category")));
    features.addAll(
        Feature.of("days", CountDistinct.of("at"))); // a field named as the event's time
    features.addAll(Feature.of("category", MostFrequent.of("category")));
    features.addAll(Feature.of("recency", Recency.inDays()));
    features.addAll(Feature.of("price_recency", Recency.inDays().withField("price")));
    return features;
  }

  @Property(tries = 300)
  void no_split_order_or_encoding_changes_the_result(
      @ForAll("events") List<Row> events, @ForAll Random random) throws CoderException {
    EventStates bundle = SerializableUtils.clone(new EventStates(LAYOUT, AS_OF));
    FinishStates finish = SerializableUtils.clone(new FinishStates(LAYOUT, AS_OF));
    Object[] whole = bundle.createAccumulator();
    List<Object[]> parts = new ArrayList<>();
    parts.add(bundle.createAccumulator());
    for (Row event : events) {
      Row values = LAYOUT.values(event, LAYOUT.time(event, AS_OF));
      whole = bundle.addInput(whole, values);
      if (random.nextInt(3) == 0) {
        parts.add(bundle.createAccumulator());
      }
      int part = random.nextInt(parts.size());
      parts.set(part, bundle.addInput(parts.get(part), values));
    }
    Collections.shuffle(parts, random);
    StatesCoder coder = new StatesCoder(LAYOUT);
    List<Object[]> merged = new ArrayList<>();
    merged.add(finish.createAccumulator());
    for (Object[] part : parts) {
      if (random.nextBoolean()) {
        merged.add(finish.createAccumulator());
      }
      int at = random.nextInt(merged.size());
      merged.set(at, finish.addInput(merged.get(at), bundle.extractOutput(part)));
    }
    for (int i = 0; i < merged.size(); i++) {
      merged.set(i, CoderUtils.clone(coder, merged.get(i)));
    }
    assertThat(finish.extractOutput(finish.mergeAccumulators(merged)))
        .isEqualTo(finish.extractOutput(whole));
  }

  @Example
  void an_empty_state_survives_its_coder() throws CoderException {
    FinishStates finish = new FinishStates(LAYOUT, AS_OF);
    Object[] empty = CoderUtils.clone(new StatesCoder(LAYOUT), finish.createAccumulator());
    assertThat(finish.extractOutput(empty).getValues())
        .containsExactly(0L, 0L, null, null, null, null, 0L, 0L, null, null, null);
  }

  @Provide
  Arbitrary<List<Row>> events() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 40_000_000_000L),
            Arbitraries.integers().injectNull(0.2),
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(1000))
                .ofScale(2)
                .injectNull(0.2),
            Arbitraries.doubles().between(-10, 10).ofScale(5).injectNull(0.2),
            Arbitraries.of("beer", "milk", "wine").injectNull(0.2))
        .as(
            (age, units, price, weight, category) ->
                Row.withSchema(EVENTS)
                    .addValues(1L, AS_OF.minus(age), units, price, weight, category)
                    .build())
        .list()
        .ofMaxSize(50);
  }
}
