package org.pharos.transforms.features.fit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a time or a date, bigints behind the column, which stays: {@code COLUMN_hour}, {@code
 * COLUMN_day_of_week} and so on. All are null for a null. Nothing is learned. {@link CyclicEncoder}
 * makes a circle of one.
 */
public final class DateParts extends ColumnStep {
  private static final long serialVersionUID = 1L;

  /** A part; ISO 8601 says which week it is, and that Monday is day 1 of it. */
  public enum Part {
    YEAR,
    /** 1 to 4. */
    QUARTER,
    /** 1 to 12. */
    MONTH,
    /** The week of the ISO year, 1 to 53. */
    WEEK,
    DAY_OF_YEAR,
    DAY_OF_MONTH,
    /** 1 is Monday, 7 is Sunday. */
    DAY_OF_WEEK,
    /** 1 on Saturday and Sunday, 0 otherwise. */
    WEEKEND,
    /** 0 to 23; 0 of a date. */
    HOUR,
    /** 0 to 59; 0 of a date. */
    MINUTE;

    long of(ZonedDateTime time) {
      return switch (this) {
        case YEAR -> time.getYear();
        case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
        case MONTH -> time.getMonthValue();
        case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        case DAY_OF_YEAR -> time.getDayOfYear();
        case DAY_OF_MONTH -> time.getDayOfMonth();
        case DAY_OF_WEEK -> time.get(ChronoField.DAY_OF_WEEK);
        case WEEKEND -> time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? 1 : 0;
        case HOUR -> time.getHour();
        case MINUTE -> time.getMinute();
      };
    }
  }

  private static final Set<String> LOGICAL =
      Set.of(SqlTypes.DATE.getIdentifier(), SqlTypes.TIMESTAMP.getIdentifier());

  private final ZoneId zone;
  private final List<Part> parts;

  private DateParts(String column, ZoneId zone, List<Part> parts) {
    super(column);
    this.zone = zone;
    this.parts = parts;
  }

  /**
   * Parts of this column of times or dates.
   *
   * @param zone whose clock tells the parts of a time, which a date does not need
   * @throws IllegalArgumentException if there is no part, or one twice
   */
  public static DateParts of(String column, ZoneId zone, Part... parts) {
    List<Part> all = List.of(parts);
    if (all.isEmpty() || Set.copyOf(all).size() < all.size()) {
      throw new IllegalArgumentException(
          "DateParts of " + column + " are one part or more, each once, not " + all);
    }
    return new DateParts(column, zone, all);
  }

  @Override
  List<Field> writes(FieldType type) {
    boolean known =
        type.getLogicalType() != null && LOGICAL.contains(type.getLogicalType().getIdentifier());
    if (!known && type.getTypeName() != TypeName.DATETIME) {
      throw new IllegalArgumentException(
          this + " need times or dates, but the column is " + type.getTypeName());
    }
    return parts.stream()
        .map(part -> column() + "_" + part.name().toLowerCase(Locale.ROOT))
        .map(name -> Field.nullable(name, FieldType.INT64))
        .toList();
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> {
      if (value == null) {
        return Collections.nCopies(parts.size(), null);
      }
      ZonedDateTime time = time(value);
      List<@Nullable Object> values = new ArrayList<>(parts.size());
      parts.forEach(part -> values.add(part.of(time)));
      return values;
    };
  }

  private ZonedDateTime time(Object value) {
    if (value instanceof LocalDate date) {
      return date.atStartOfDay(ZoneId.of("UTC"));
    }
    return value instanceof ReadableInstant instant
        ? Instant.ofEpochMilli(instant.getMillis()).atZone(zone)
        : ((Instant) value).atZone(zone);
  }
}
