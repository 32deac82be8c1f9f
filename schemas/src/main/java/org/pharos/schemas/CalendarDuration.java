package org.pharos.schemas;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * CQL's duration: months, days and nanoseconds, which do not convert into each other. As in
 * Cassandra, all three have the same sign (or are 0), and there is no order.
 */
public record CalendarDuration(int months, int days, long nanos) implements Serializable {
  /** The Beam logical type, over a ROW of the three numbers. */
  public static final LogicalType<CalendarDuration, Row> TYPE = new DurationType();

  public CalendarDuration {
    boolean negative = months < 0 || days < 0 || nanos < 0;
    boolean positive = months > 0 || days > 0 || nanos > 0;
    if (negative && positive) {
      throw new IllegalArgumentException(
          "months, days and nanos of a duration have one sign, not "
              + months
              + ", "
              + days
              + ", "
              + nanos);
    }
  }

  private static final class DurationType implements LogicalType<CalendarDuration, Row> {
    private static final Schema BASE =
        Schema.builder()
            .addInt32Field("months")
            .addInt32Field("days")
            .addInt64Field("nanos")
            .build();

    @Override
    public String getIdentifier() {
      return "pharos:duration:v1";
    }

    @Override
    public FieldType getArgumentType() {
      return FieldType.STRING;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Beam's signature
    public <T> T getArgument() {
      return (T) "";
    }

    @Override
    public FieldType getBaseType() {
      return FieldType.row(BASE);
    }

    @Override
    public Row toBaseType(CalendarDuration input) {
      return Row.withSchema(BASE).attachValues(input.months, input.days, input.nanos);
    }

    @Override
    public CalendarDuration toInputType(Row base) {
      return new CalendarDuration(
          base.<Integer>getValue(0), base.<Integer>getValue(1), base.<Long>getValue(2));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof DurationType;
    }

    @Override
    public int hashCode() {
      return getIdentifier().hashCode();
    }
  }
}
