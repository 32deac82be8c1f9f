package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.List;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Vector;

/** Vectors of floats, which have a value class of their own; a list of floats may be written. */
final class FloatVectorCodec extends ColumnCodec {

  private final int dimension;

  FloatVectorCodec(CqlType.VectorOf type) {
    super(type);
    this.dimension = type.dimension();
  }

  @Override
  int lengthInVector() {
    return dimension * Float.BYTES;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    if (length != lengthInVector()) {
      throw new IllegalStateException(length + " bytes for a " + type.cql());
    }
    int limit = in.limit();
    int end = in.position() + length;
    Vector vector = Vector.fromBytes(in.limit(end));
    in.limit(limit).position(end);
    return vector;
  }

  @Override
  ByteBuffer write(Object value) {
    if (value instanceof Vector vector) {
      if (vector.dimension() != dimension) {
        throw doesNotFit("a vector of " + vector.dimension() + " elements");
      }
      return ByteBuffer.wrap(vector.toBytes());
    }
    if (!(value instanceof List<?> values)) {
      throw doesNotFit(value);
    }
    if (values.size() != dimension) {
      throw doesNotFit("a list of " + values.size() + " elements");
    }
    ByteBuffer out = ByteBuffer.allocate(lengthInVector());
    for (Object each : values) {
      if (!(each instanceof Float number)) {
        throw doesNotFit(
            each == null ? "a null element" : "a list of " + each.getClass().getName());
      }
      out.putFloat(number);
    }
    return out.flip();
  }
}
