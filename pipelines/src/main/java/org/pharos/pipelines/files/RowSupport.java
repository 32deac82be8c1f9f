package org.pharos.pipelines.files;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Vector;

/** Puts the values of Rows where {@link ParquetTypes} has places for them. */
final class RowSupport extends WriteSupport<Row> {
  private final Schema schema;
  private @Nullable RecordConsumer consumer;

  RowSupport(Schema schema) {
    this.schema = schema;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(ParquetTypes.message(schema), Map.of());
  }

  @Override
  @SuppressWarnings("deprecation") // which must be there all the same
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ParquetTypes.message(schema), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer records) {
    consumer = records;
  }

  @Override
  public void write(Row row) {
    RecordConsumer out = Objects.requireNonNull(consumer);
    out.startMessage();
    fields(out, row);
    out.endMessage();
  }

  private static void fields(RecordConsumer out, Row row) {
    for (int i = 0; i < row.getFieldCount(); i++) {
      Schema.Field field = row.getSchema().getField(i);
      field(out, field.getName(), i, field.getType(), row.getValue(i));
    }
  }

  /** Parquet has a null where nothing is written. */
  private static void field(
      RecordConsumer out, String name, int place, FieldType type, @Nullable Object value) {
    if (value != null) {
      out.startField(name, place);
      value(out, type, value);
      out.endField(name, place);
    }
  }

  private static void value(RecordConsumer out, FieldType type, Object value) {
    switch (ParquetTypes.kind(type)) {
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case BYTE, SHORT, INT -> out.addInteger(((Number) value).intValue());
      case LONG -> out.addLong((Long) value);
      case FLOAT -> out.addFloat((Float) value);
      case DOUBLE -> out.addDouble((Double) value);
      case TEXT -> out.addBinary(Binary.fromString(CellText.of(value)));
      case BYTES -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      case TIMESTAMP -> out.addLong(((ReadableInstant) value).getMillis());
      case DATE -> out.addInteger(Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIME -> out.addLong(((LocalTime) value).toNanoOfDay());
      case UUID -> out.addBinary(bytes((UUID) value));
      case VECTOR -> list(out, FieldType.FLOAT, floats((Vector) value));
      case LIST -> list(out, ParquetTypes.element(type), (Collection<?>) value);
      case MAP -> map(out, type, (Map<?, ?>) value);
      case ROW -> {
        out.startGroup();
        fields(out, (Row) value);
        out.endGroup();
      }
    }
  }

  private static List<Float> floats(Vector vector) {
    return IntStream.range(0, vector.dimension()).mapToObj(vector::get).toList();
  }

  private static Binary bytes(UUID uuid) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }

  private static void list(RecordConsumer out, FieldType type, Collection<?> elements) {
    out.startGroup();
    if (!elements.isEmpty()) {
      out.startField("list", 0);
      for (Object element : elements) {
        out.startGroup();
        field(out, ParquetTypes.ELEMENT, 0, type, element);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  private static void map(RecordConsumer out, FieldType type, Map<?, ?> entries) {
    out.startGroup();
    if (!entries.isEmpty()) {
      out.startField("key_value", 0);
      entries.forEach(
          (key, value) -> {
            out.startGroup();
            field(out, ParquetTypes.KEY, 0, ParquetTypes.key(type), key);
            field(out, ParquetTypes.VALUE, 1, ParquetTypes.value(type), value);
            out.endGroup();
          });
      out.endField("key_value", 0);
    }
    out.endGroup();
  }
}
