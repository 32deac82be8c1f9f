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

/**
 * Rows with the write timestamp that they get online: their event time, and, below the step between
 * event times, when they passed here. So of rows with one event time the one that came last wins,
 * and none wins over one with a later event time.
 *
 * <p>A millisecond that has passed since the event time is a microsecond of the timestamp: a step
 * of an hour has room for corrections of 41 days; later ones of one time are not told apart.
 */
final class OrderCorrectionsFn extends DoFn<Row, Row> {

  /** The field that is added; no feature that was not named so on purpose is called so. */
  static final String TIMESTAMP = "pharos:timestamp";

  private static final long MICROS = 1_000;
  private static final long serialVersionUID = 1L;

  private final String eventTime;
  private final Schema ordered;
  private final long room;

  /**
   * @param ordered what {@link #schema} gives
   * @param step what event times are multiples of
   */
  OrderCorrectionsFn(FeatureView view, Schema ordered, Duration step) {
    this.eventTime = view.eventTime();
    this.ordered = ordered;
    this.room = step.getMillis() * MICROS - 1;
  }

  static Schema schema(Schema rows) {
    return Schema.builder()
        .addFields(rows.getFields())
        .addNullableField(TIMESTAMP, FieldType.INT64)
        .build();
  }

  @ProcessElement
  public void process(@Element Row row, OutputReceiver<Row> out) {
    List<@Nullable Object> values = new ArrayList<>(row.getValues());
    values.add(timestamp(row.getValue(eventTime), Instant.now()));
    out.output(Row.withSchema(ordered).attachValues(values));
  }

  // A row without a time goes on to where it is refused with its reason.
  private @Nullable Long timestamp(@Nullable ReadableInstant time, Instant now) {
    if (time == null) {
      return null;
    }
    long passed = Math.max(0, now.getMillis() - time.getMillis());
    return time.getMillis() * MICROS + Math.min(passed, room);
  }
}
