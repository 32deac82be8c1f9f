package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/**
 * Tuples and user types: each field with its length. A value written before a field was added to
 * its type ends early, and the fields that it lacks read as null.
 *
 * <p>A Row to write may have another schema than the type's own: a tuple's fields are taken by
 * position, a user type's by name, and fields of a user type that the Row lacks are null.
 */
final class StructCodec extends ColumnCodec {

  private final Schema schema;
  private final ColumnCodec[] fields;
  private final boolean byName;

  /** Of the last schema seen, which is nearly always the next one as well. */
  private volatile @Nullable Layout layout;

  StructCodec(CqlType type, List<CqlType> fieldTypes) {
    super(type);
    Schema rowSchema = type.fieldType().getRowSchema();
    if (rowSchema == null) {
      throw new IllegalArgumentException(type.cql() + " has no row schema");
    }
    this.schema = rowSchema;
    this.fields = fieldTypes.stream().map(ColumnCodec::of).toArray(ColumnCodec[]::new);
    this.byName = type instanceof CqlType.UserType;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    int end = in.position() + length;
    List<@Nullable Object> values = new ArrayList<>(fields.length);
    for (ColumnCodec field : fields) {
      values.add(in.position() < end ? readSized(field, in) : null);
    }
    in.position(end);
    return Row.withSchema(schema).attachValues(values);
  }

  @Override
  ByteBuffer write(Object value) {
    if (!(value instanceof Row row)) {
      throw doesNotFit(value);
    }
    int[] positions = layoutOf(row.getSchema()).positions;
    @Nullable ByteBuffer[] parts = new @Nullable ByteBuffer[fields.length];
    int bytes = 0;
    for (int i = 0; i < fields.length; i++) {
      Object field = positions[i] < 0 ? null : row.getValue(positions[i]);
      ByteBuffer part = field == null ? null : fields[i].write(field);
      parts[i] = part;
      bytes = Math.addExact(bytes, Integer.BYTES + (part == null ? 0 : part.remaining()));
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    for (ByteBuffer part : parts) {
      if (part == null) {
        out.putInt(-1);
      } else {
        out.putInt(part.remaining()).put(part);
      }
    }
    return out.flip();
  }

  @SuppressWarnings("ReferenceEquality") // a miss costs one new layout, a deep comparison a value
  private Layout layoutOf(Schema of) {
    Layout last = layout;
    if (last == null || last.of != of) {
      last = new Layout(of, positions(of));
      layout = last;
    }
    return last;
  }

  private int[] positions(Schema of) {
    int[] positions = new int[fields.length];
    if (!byName) {
      if (of.getFieldCount() != fields.length) {
        throw doesNotFit("a row of " + of.getFieldCount() + " fields");
      }
      Arrays.setAll(positions, i -> i);
      return positions;
    }
    for (String name : of.getFieldNames()) {
      if (!schema.hasField(name)) {
        throw doesNotFit("a row with the field " + name);
      }
    }
    Arrays.setAll(
        positions,
        i -> {
          String name = schema.getField(i).getName();
          return of.hasField(name) ? of.indexOf(name) : -1;
        });
    return positions;
  }

  /** Where a Row of this schema holds each field of the type; -1 for none. */
  private static final class Layout {
    final Schema of;
    final int[] positions;

    Layout(Schema of, int[] positions) {
      this.of = of;
      this.positions = positions;
    }
  }
}
