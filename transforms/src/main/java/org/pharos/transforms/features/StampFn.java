package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/** Rows with the time since when they are known, and the time at which they passed here. */
final class StampFn extends DoFn<Row, Row> {

  private static final long serialVersionUID = 1L;

  private final String eventTime;
  private final Schema stamped;
  private final @Nullable Duration knownAfter;

  /**
   * @param stamped what {@link #schema} gives
   * @param knownAfter the event time; null: known when they pass here
   */
  StampFn(FeatureView view, Schema stamped, @Nullable Duration knownAfter) {
    this.eventTime = view.eventTime();
    this.stamped = stamped;
    this.knownAfter = knownAfter;
  }

  static Schema schema(Schema rows) {
    return Schema.builder()
        .addFields(rows.getFields())
        .addNullableField(FeatureView.KNOWN_AT, FieldType.DATETIME)
        .addDateTimeField(FeatureView.INGESTED_AT)
        .build();
  }

  @ProcessElement
  public void process(@Element Row row, OutputReceiver<Row> out) {
    Instant now = Instant.now();
    List<@Nullable Object> values = new ArrayList<>(row.getValues());
    values.add(knownAfter == null ? now : knownAt(row, knownAfter));
    values.add(now);
    out.output(Row.withSchema(stamped).attachValues(values));
  }

  // A row without a time goes on to where it is refused with its reason.
  private @Nullable Instant knownAt(Row row, Duration after) {
    ReadableInstant at = row.getValue(eventTime);
    return at == null ? null : at.toInstant().plus(after);
  }
}
