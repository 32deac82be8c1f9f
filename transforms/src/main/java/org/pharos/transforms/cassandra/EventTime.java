package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a row's write timestamp comes from when the row itself says when it happened: then replays
 * and late rows leave the table as the last event says.
 *
 * <p>Cassandra keeps, column by column, the value with the highest timestamp (of equal timestamps a
 * deletion, then the larger value). A time in milliseconds leaves three digits for a sequence that
 * orders rows of the same time. A row whose time is missing, the minimum, or later than now is a
 * bad record: a timestamp in the future could not be overwritten until then.
 *
 * <p>Use one timestamp domain a table: rows written with the clock's time hide older events. Replay
 * within {@code gc_grace_seconds} of the table, or what was deleted comes back.
 */
public final class EventTime implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Clocks of producers differ a little. */
  private static final Duration DEFAULT_TOLERANCE = Duration.standardMinutes(1);

  private final @Nullable String field;
  private final @Nullable SerializableFunction<Row, @Nullable Instant> function;
  private final @Nullable String sequenceField;
  private final boolean paneSequence;
  private final @Nullable String expiryField;
  private final @Nullable SerializableFunction<Row, @Nullable Instant> expiryFunction;
  private final Duration tolerance;

  private EventTime(
      @Nullable String field,
      @Nullable SerializableFunction<Row, @Nullable Instant> function,
      @Nullable String sequenceField,
      boolean paneSequence,
      @Nullable String expiryField,
      @Nullable SerializableFunction<Row, @Nullable Instant> expiryFunction,
      Duration tolerance) {
    this.field = field;
    this.function = function;
    this.sequenceField = sequenceField;
    this.paneSequence = paneSequence;
    this.expiryField = expiryField;
    this.expiryFunction = expiryFunction;
    this.tolerance = tolerance;
  }

  /**
   * The time is in a field of the row: a DATETIME, or an INT64 of microseconds since 1970. The
   * field is written as well if the table has a column of its name.
   */
  public static EventTime from(String field) {
    return new EventTime(field, null, null, false, null, null, DEFAULT_TOLERANCE);
  }

  /** The time is computed from the row; null means that it is missing. */
  public static EventTime by(SerializableFunction<Row, @Nullable Instant> function) {
    return new EventTime(null, function, null, false, null, null, DEFAULT_TOLERANCE);
  }

  /** The time is the Beam timestamp of the element. */
  public static EventTime ofElement() {
    return new EventTime(null, null, null, false, null, null, DEFAULT_TOLERANCE);
  }

  /**
   * Orders rows of the same millisecond by a field of integers from 0 to 999, the larger wins; not
   * with a time in microseconds, which has no digits left. By default there is no sequence.
   */
  public EventTime withSequence(String sequenceField) {
    return new EventTime(
        field, function, sequenceField, false, expiryField, expiryFunction, tolerance);
  }

  /**
   * Orders rows of the same millisecond by the index of their pane, up to 999: for the results of a
   * window, whose time does not move when a later pane corrects an earlier one.
   */
  public EventTime withPaneSequence() {
    return new EventTime(field, function, null, true, expiryField, expiryFunction, tolerance);
  }

  /**
   * The row expires at the time in this field (a DATETIME, or an INT64 of microseconds): its TTL is
   * what remains until then. A row whose expiry has passed is not written, and counted as written
   * and expired: older values that the table may hold stay until their own expiry. Null means that
   * the row has the table's default. By default nothing expires.
   */
  public EventTime withExpiry(String expiryField) {
    return new EventTime(
        field, function, sequenceField, paneSequence, expiryField, null, tolerance);
  }

  /** As {@link #withExpiry}, computed from the row. */
  public EventTime withExpiryBy(SerializableFunction<Row, @Nullable Instant> expiryFunction) {
    return new EventTime(
        field, function, sequenceField, paneSequence, null, expiryFunction, tolerance);
  }

  /** How far ahead of this process's clock a time may be; 1 minute by default. */
  public EventTime withTolerance(Duration tolerance) {
    if (tolerance.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("tolerance is not negative: " + tolerance);
    }
    return new EventTime(
        field, function, sequenceField, paneSequence, expiryField, expiryFunction, tolerance);
  }

  @Nullable String field() {
    return field;
  }

  @Nullable SerializableFunction<Row, @Nullable Instant> function() {
    return function;
  }

  @Nullable String sequenceField() {
    return sequenceField;
  }

  boolean paneSequence() {
    return paneSequence;
  }

  @Nullable String expiryField() {
    return expiryField;
  }

  @Nullable SerializableFunction<Row, @Nullable Instant> expiryFunction() {
    return expiryFunction;
  }

  boolean hasExpiry() {
    return expiryField != null || expiryFunction != null;
  }

  Duration tolerance() {
    return tolerance;
  }
}
