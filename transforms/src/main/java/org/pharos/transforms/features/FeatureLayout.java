package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Where the parts of an event go when it is summarized, worked out from the schema of the events
 * before any of them is there: the entity's key, the values that are aggregated, the states, and
 * the row of features.
 */
final class FeatureLayout implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] entityFields;
  private final int timeField; // -1: the element's timestamp
  private final int[] valueFields;
  private final int[] sources; // for each feature the index of its value; -1: the event's time
  private final List<Aggregator<?>> aggregators;
  private final List<Trailing> windows;
  private final Schema entity;
  private final Schema values;
  private final Schema states;
  private final Schema results;
  private final Schema features;

  /**
   * @throws IllegalArgumentException when a field does not exist or its type does not fit
   */
  FeatureLayout(
      Schema events, List<String> entityNames, @Nullable String timeName, List<Feature> columns) {
    entityFields = entityNames.stream().mapToInt(name -> index(events, name, "entity")).toArray();
    timeField = timeName == null ? -1 : timeIndex(events, timeName);

    Schema.Builder entityColumns = Schema.builder();
    for (int field : entityFields) {
      entityColumns.addField(events.getField(field).withNullable(false));
    }
    entity = entityColumns.build();

    Map<String, Integer> used = new LinkedHashMap<>();
    // The event's time, then the values: named by position, so that no name of theirs collides.
    Schema.Builder valueColumns = Schema.builder().addDateTimeField("time");
    Schema.Builder stateColumns = Schema.builder();
    Schema.Builder resultColumns = Schema.builder();
    aggregators = new ArrayList<>();
    sources = new int[columns.size()];
    windows = columns.stream().map(Feature::over).toList();
    for (Feature column : columns) {
      String name = column.name();
      Optional<String> field = column.aggregation().field();
      FieldType type = FieldType.DATETIME;
      int source = -1;
      if (field.isPresent()) {
        type = events.getField(index(events, field.get(), "feature " + name)).getType();
        Integer known = used.get(field.get());
        source = known == null ? used.size() : known;
        if (known == null) {
          used.put(field.get(), source);
          valueColumns.addField(Field.nullable("value" + source, type));
        }
      }
      Aggregator<?> aggregator = over(type, name, column.aggregation());
      sources[aggregators.size()] = source;
      aggregators.add(aggregator);
      stateColumns.addField(name, aggregator.stateType());
      resultColumns.addField(name, aggregator.resultType());
    }
    valueFields = used.keySet().stream().mapToInt(events::indexOf).toArray();
    values = valueColumns.build();
    states = stateColumns.build();
    results = resultColumns.build();
    features =
        Schema.builder()
            .addFields(entity.getFields())
            .addDateTimeField(SummarizeEvents.AS_OF)
            .addFields(results.getFields())
            .build();
  }

  private static Aggregator<?> over(FieldType type, String name, Aggregation aggregation) {
    try {
      return aggregation.over(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("feature " + name + ": " + e.getMessage(), e);
    }
  }

  private static int index(Schema events, String name, String of) {
    if (!events.hasField(name)) {
      throw new IllegalArgumentException(
          of + ": the events have no field " + name + ", only " + events.getFieldNames());
    }
    return events.indexOf(name);
  }

  private static int timeIndex(Schema events, String name) {
    int field = index(events, name, "event time");
    FieldType type = events.getField(field).getType();
    if (type.getTypeName() != TypeName.DATETIME) {
      throw new IllegalArgumentException(
          "event time: " + name + " must be a timestamp, but is " + Comparables.name(type));
    }
    return field;
  }

  Schema entity() {
    return entity;
  }

  Schema values() {
    return values;
  }

  Schema states() {
    return states;
  }

  Schema results() {
    return results;
  }

  Schema features() {
    return features;
  }

  List<Aggregator<?>> aggregators() {
    return aggregators;
  }

  /** Over which window each feature is stated. */
  List<Trailing> windows() {
    return windows;
  }

  /**
   * Why an event belongs to no entity or no time; null when it does.
   *
   * @param step who asks
   */
  @Nullable Rejection misplaced(Row event, String step) {
    for (int field : entityFields) {
      if (event.getValue(field) == null) {
        return rejection(step, Reason.KEY, event, field);
      }
    }
    return timeField >= 0 && event.getValue(timeField) == null
        ? rejection(step, Reason.TIME, event, timeField)
        : null;
  }

  private static Rejection rejection(String step, Reason reason, Row event, int field) {
    String name = event.getSchema().getField(field).getName();
    return new Rejection(step, reason, "the event has no " + name);
  }

  /**
   * The time of an event that is not misplaced.
   *
   * @param timestamp what it is when no field says it
   */
  Instant time(Row event, Instant timestamp) {
    return timeField < 0 ? timestamp : instant(event.getValue(timeField));
  }

  /** The key of the entity of an event that is not misplaced. */
  Row entity(Row event) {
    List<@Nullable Object> key = new ArrayList<>(entityFields.length);
    for (int field : entityFields) {
      key.add(event.getValue(field));
    }
    return Row.withSchema(entity).attachValues(key);
  }

  /** What of an event is aggregated. */
  Row values(Row event, Instant at) {
    List<@Nullable Object> kept = new ArrayList<>(1 + valueFields.length);
    kept.add(at);
    for (int field : valueFields) {
      kept.add(event.getValue(field));
    }
    return Row.withSchema(values).attachValues(kept);
  }

  /** The value that a feature is made of; null when the event does not count for it. */
  @Nullable Object value(int feature, Row values) {
    return values.getValue(1 + sources[feature]); // the time itself where there is no field
  }

  static Instant at(Row values) {
    return instant(values.getValue(0));
  }

  private static Instant instant(@Nullable Object time) {
    return ((ReadableInstant) Objects.requireNonNull(time)).toInstant();
  }

  /** The row of an entity. */
  Row features(Row entity, Instant asOf, Row results) {
    List<@Nullable Object> columns = new ArrayList<>(features.getFieldCount());
    columns.addAll(entity.getValues());
    columns.add(asOf);
    columns.addAll(results.getValues());
    return Row.withSchema(features).attachValues(columns);
  }
}
