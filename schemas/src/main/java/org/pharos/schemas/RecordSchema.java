package org.pharos.schemas;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaProvider;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Gives Java records a Beam schema, whose fields are the components in snake_case, the names of a
 * table's columns:
 *
 * <pre>{@code
 * @DefaultSchema(RecordSchema.class)
 * record Purchase(String customerId, Instant boughtAt, BigDecimal amount) {}
 * }</pre>
 *
 * <p>Such a record converts to Row and back without reflection, and is a legal key if its fields
 * encode deterministically: no float, double, set or map. See {@link RecordShape#schema()} for what
 * is nullable.
 */
public final class RecordSchema implements SchemaProvider {
  private static final long serialVersionUID = 1;

  /** The shape of a record class: for use without Beam's registry. */
  public static <R extends Record> RecordShape<R> of(Class<R> type) {
    return RecordShape.of(type);
  }

  @Override
  public <T> Schema schemaFor(TypeDescriptor<T> type) {
    return RecordShape.of(recordClass(type)).schema();
  }

  @Override
  @SuppressWarnings("unchecked") // T is the record class
  public <T> SerializableFunction<T, Row> toRowFunction(TypeDescriptor<T> type) {
    return (SerializableFunction<T, Row>) new ToRow<>(recordClass(type));
  }

  @Override
  @SuppressWarnings("unchecked") // T is the record class
  public <T> SerializableFunction<Row, T> fromRowFunction(TypeDescriptor<T> type) {
    return (SerializableFunction<Row, T>) new FromRow<>(recordClass(type));
  }

  private static Class<? extends Record> recordClass(TypeDescriptor<?> type) {
    Class<?> raw = type.getRawType();
    if (!raw.isRecord()) {
      throw new IllegalArgumentException(
          "RecordSchema is for records, and " + raw.getName() + " is none");
    }
    return raw.asSubclass(Record.class);
  }

  // Coders are equal when their functions are, and travel with them: both hold just the class.
  private static final class ToRow<R extends Record> implements SerializableFunction<R, Row> {
    private static final long serialVersionUID = 1;

    private final Class<R> type;
    private transient @Nullable RecordShape<R> shape;

    ToRow(Class<R> type) {
      this.type = type;
    }

    @Override
    public Row apply(R value) {
      RecordShape<R> bound = shape;
      if (bound == null) {
        bound = RecordShape.of(type);
        shape = bound;
      }
      return bound.toRow(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ToRow<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
      return type.hashCode();
    }
  }

  private static final class FromRow<R extends Record> implements SerializableFunction<Row, R> {
    private static final long serialVersionUID = 1;

    private final Class<R> type;
    private transient @Nullable RecordShape<R> shape;

    FromRow(Class<R> type) {
      this.type = type;
    }

    @Override
    public R apply(Row row) {
      RecordShape<R> bound = shape;
      if (bound == null) {
        bound = RecordShape.of(type);
        shape = bound;
      }
      return bound.fromRow(row);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FromRow<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
      return type.hashCode();
    }
  }
}
