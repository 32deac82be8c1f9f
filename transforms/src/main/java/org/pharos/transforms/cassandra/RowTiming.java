package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;

/** The write timestamp and the time to live of each row, as the settings say. */
final class RowTiming implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The row has no time to live of its own: the table's default holds. */
  static final int DEFAULT_TTL = 0;

  /** The row has expired before it could be written. */
  static final int EXPIRED = -1;

  private static final int NONE = -1;
  private static final int LARGEST_SEQUENCE = 999;
  private static final long EARLIEST = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  private final @Nullable EventTime eventTime;
  private final int timeToLiveSeconds;
  private final int timeField;
  private final int sequenceField;
  private final int expiryField;
  private final int timeToLiveField;
  private final int room;

  RowTiming(WriteSettings settings, Schema schema, List<String> problems) {
    room = 1;
    eventTime = settings.eventTime;
    timeToLiveSeconds = settings.timeToLiveSeconds;
    timeToLiveField = integer(schema, settings.timeToLiveField, "the time to live", problems);
    if (eventTime == null) {
      timeField = time(schema, settings.timestampField, "the timestamp", problems);
      sequenceField = NONE;
      expiryField = NONE;
    } else {
      timeField = time(schema, eventTime.field(), "the event time", problems);
      sequenceField = integer(schema, eventTime.sequenceField(), "the sequence", problems);
      expiryField = time(schema, eventTime.expiryField(), "the expiry", problems);
      boolean sequence = sequenceField != NONE || eventTime.paneSequence();
      if (sequence && timeField != NONE && isMicros(schema, timeField)) {
        problems.add(
            "the event time is in microseconds, which leave no digits for a sequence: take a"
                + " DATETIME field, or put the sequence into the microseconds yourself");
      }
    }
  }

  private RowTiming(RowTiming timing, int room) {
    this.eventTime = timing.eventTime;
    this.timeToLiveSeconds = timing.timeToLiveSeconds;
    this.timeField = timing.timeField;
    this.sequenceField = timing.sequenceField;
    this.expiryField = timing.expiryField;
    this.timeToLiveField = timing.timeToLiveField;
    this.room = room;
  }

  /** The same, with so many microseconds of the clock for each row, one for each attempt. */
  RowTiming withRoom(int attempts) {
    return new RowTiming(this, attempts);
  }

  /** Whether rows bring their timestamps, so that writing one again has the same. */
  boolean isGiven() {
    return eventTime != null || timeField != NONE;
  }

  private static int time(
      Schema schema, @Nullable String field, String what, List<String> problems) {
    int index = find(schema, field, what, problems);
    if (index != NONE
        && !isMicros(schema, index)
        && schema.getField(index).getType().getTypeName() != TypeName.DATETIME) {
      problems.add(
          what + " is in field " + field + ", which is neither DATETIME nor INT64 microseconds");
    }
    return index;
  }

  private static int integer(
      Schema schema, @Nullable String field, String what, List<String> problems) {
    int index = find(schema, field, what, problems);
    if (index != NONE && !integer(schema.getField(index).getType().getTypeName())) {
      problems.add(what + " is in field " + field + ", which is no integer");
    }
    return index;
  }

  private static boolean integer(TypeName type) {
    return type == TypeName.INT64
        || type == TypeName.INT32
        || type == TypeName.INT16
        || type == TypeName.BYTE;
  }

  private static int find(
      Schema schema, @Nullable String field, String what, List<String> problems) {
    if (field == null) {
      return NONE;
    }
    if (!schema.hasField(field)) {
      problems.add(what + " should be in field " + field + ", which the rows do not have");
      return NONE;
    }
    return schema.indexOf(field);
  }

  private static boolean isMicros(Schema schema, int field) {
    return schema.getField(field).getType().getTypeName() == TypeName.INT64;
  }

  /**
   * The row's write timestamp in microseconds.
   *
   * @throws RejectedRow if its event time is missing, the minimum or in the future
   */
  long micros(Row row, Instant elementTime, PaneInfo pane) {
    if (eventTime == null) {
      Long given = timeField == NONE ? null : fieldMicros(row, timeField);
      return given == null ? WriteClock.next(room) : given;
    }
    Long time = eventMicros(eventTime, row, elementTime);
    if (time == null) {
      throw new RejectedRow(Reason.TIME, "the event time is missing");
    } else if (time / 1000 <= EARLIEST) {
      throw new RejectedRow(Reason.TIME, "the event time is the minimum, which means none");
    }
    long latest = WriteClock.now() + eventTime.tolerance().getMillis() * 1000;
    if (time > latest) {
      throw new RejectedRow(
          Reason.TIME,
          "the event time is later than now by more than the tolerance of "
              + eventTime.tolerance().getStandardSeconds()
              + " s; the row could not be overwritten until then");
    }
    return time + sequence(eventTime, row, pane);
  }

  private @Nullable Long eventMicros(EventTime event, Row row, Instant elementTime) {
    if (timeField != NONE) {
      return fieldMicros(row, timeField);
    }
    if (event.function() == null) {
      return micros(elementTime);
    }
    return micros(computed(event.function(), row, "the event time"));
  }

  private long sequence(EventTime event, Row row, PaneInfo pane) {
    if (sequenceField == NONE && !event.paneSequence()) {
      return 0;
    }
    Number number = event.paneSequence() ? (Number) pane.getIndex() : row.getValue(sequenceField);
    if (number == null || number.longValue() < 0 || number.longValue() > LARGEST_SEQUENCE) {
      throw new RejectedRow(
          Reason.TIME,
          "the sequence within the millisecond is "
              + (number == null ? "missing" : "not in 0 to " + LARGEST_SEQUENCE));
    }
    return number.longValue();
  }

  /**
   * The row's time to live in seconds, {@link #DEFAULT_TTL} or {@link #EXPIRED}.
   *
   * @throws RejectedRow if it is not positive or longer than Cassandra takes
   */
  int timeToLive(Row row) {
    if (timeToLiveField != NONE) {
      Number seconds = row.getValue(timeToLiveField);
      if (seconds != null && seconds.longValue() <= 0) {
        throw new RejectedRow(Reason.TIME, "the time to live is not positive");
      }
      return seconds == null ? DEFAULT_TTL : atMostLongest(seconds.longValue());
    }
    if (eventTime == null || !eventTime.hasExpiry()) {
      return timeToLiveSeconds;
    }
    Long expiry =
        eventTime.expiryFunction() == null
            ? fieldMicros(row, expiryField)
            : micros(computed(eventTime.expiryFunction(), row, "the expiry"));
    if (expiry == null) {
      return DEFAULT_TTL;
    }
    long remaining = expiry / 1_000_000 - WriteClock.now() / 1_000_000;
    return remaining <= 0 ? EXPIRED : atMostLongest(remaining);
  }

  private static int atMostLongest(long seconds) {
    if (seconds > WriteSettings.LONGEST_TTL) {
      throw new RejectedRow(Reason.TIME, "the time to live is longer than 20 years");
    }
    return (int) seconds;
  }

  private static @Nullable Instant computed(
      SerializableFunction<Row, @Nullable Instant> function, Row row, String what) {
    try {
      return function.apply(row);
    } catch (RuntimeException e) {
      throw new RejectedRow(Reason.TIME, what + " could not be computed: " + e.getMessage(), e);
    }
  }

  private static @Nullable Long fieldMicros(Row row, int field) {
    Object value = row.getValue(field);
    return value instanceof Long micros ? micros : micros((ReadableInstant) value);
  }

  private static @Nullable Long micros(@Nullable ReadableInstant instant) {
    if (instant == null) {
      return null;
    }
    long millis = instant.getMillis();
    if (millis <= EARLIEST) {
      return Long.MIN_VALUE;
    }
    return millis > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : millis * 1000;
  }
}
