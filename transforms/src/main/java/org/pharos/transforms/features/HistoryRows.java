package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/** How the rows of a view's history are read: whose they are, and which times decide. */
final class HistoryRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FeatureView view;
  private final int[] entity;
  private final int eventTime;
  private final int knownAt; // -1: there is none
  private final int ingestedAt; // -1: there is none

  /**
   * How the rows of a collection are read.
   *
   * @throws IllegalArgumentException as the constructor, or if the collection has no schema
   */
  static HistoryRows of(FeatureView view, PCollection<Row> history, boolean known) {
    if (!history.hasSchema()) {
      throw new IllegalArgumentException(
          "the history of view " + view + " needs a schema, but has none");
    }
    return new HistoryRows(view, history.getSchema(), known);
  }

  /**
   * @param known whether the rows must say since when they are known
   * @throws IllegalArgumentException when the rows lack a field of the view, or its type differs
   */
  HistoryRows(FeatureView view, Schema rows, boolean known) {
    this.view = view;
    List<Field> wanted = new ArrayList<>(view.rows().getFields());
    if (known) {
      wanted.add(Field.of(FeatureView.KNOWN_AT, Schema.FieldType.DATETIME));
    }
    ViewFit.check(view, wanted, rows, "its history");
    entity = view.entity().stream().mapToInt(rows::indexOf).toArray();
    eventTime = rows.indexOf(view.eventTime());
    knownAt = time(rows, FeatureView.KNOWN_AT);
    ingestedAt = time(rows, FeatureView.INGESTED_AT);
  }

  private static int time(Schema rows, String field) {
    return rows.hasField(field) && rows.getField(field).getType().getTypeName() == TypeName.DATETIME
        ? rows.indexOf(field)
        : -1;
  }

  /**
   * Whose row it is.
   *
   * @throws IllegalArgumentException if a field of the entity is null
   */
  Row entity(Schema schema, Row row) {
    List<Object> key = new ArrayList<>(entity.length);
    for (int field : entity) {
      key.add(required(row, field));
    }
    return Row.withSchema(schema).attachValues(key);
  }

  AsOf.Statement statement(Row row) {
    return new AsOf.Statement(
        ((ReadableInstant) required(row, eventTime)).getMillis(),
        millis(row, knownAt),
        millis(row, ingestedAt),
        row);
  }

  /** Since when a row is known; null if it does not say. */
  @Nullable Long knownAt(Row row) {
    return millis(row, knownAt);
  }

  private Object required(Row row, int field) {
    Object value = row.getValue(field);
    if (value == null) {
      throw new IllegalArgumentException(
          "view "
              + view
              + ": a row of its history has no "
              + row.getSchema().getField(field).getName());
    }
    return Objects.requireNonNull(value);
  }

  private static @Nullable Long millis(Row row, int field) {
    Object time = field < 0 ? null : row.getValue(field);
    return time == null ? null : ((ReadableInstant) time).getMillis();
  }
}
