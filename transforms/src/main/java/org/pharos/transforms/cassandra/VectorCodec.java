package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pharos.schemas.CqlType;

/**
 * Vectors of other elements than floats: as a List. Elements of one length follow each other as
 * they are, others come with their length as an unsigned variable-length number.
 */
final class VectorCodec extends ColumnCodec {

  private final int dimension;
  private final ColumnCodec element;

  VectorCodec(CqlType.VectorOf type, ColumnCodec element) {
    super(type);
    this.dimension = type.dimension();
    this.element = element;
  }

  @Override
  int lengthInVector() {
    int each = element.lengthInVector();
    return each == VARIABLE ? VARIABLE : each * dimension;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    int fixed = element.lengthInVector();
    List<Object> values = new ArrayList<>(dimension);
    for (int i = 0; i < dimension; i++) {
      int next = fixed == VARIABLE ? (int) VariableLengths.readUnsigned(in) : fixed;
      Object value = element.read(in, next);
      if (value == null) {
        throw new IllegalStateException("an element of a " + type.cql() + " is null");
      }
      values.add(value);
    }
    return values;
  }

  @Override
  ByteBuffer write(Object value) {
    if (!(value instanceof List<?> values)) {
      throw doesNotFit(value);
    }
    if (values.size() != dimension) {
      throw doesNotFit("a list of " + values.size() + " elements");
    }
    boolean sized = element.lengthInVector() == VARIABLE;
    List<ByteBuffer> parts = new ArrayList<>(dimension);
    int bytes = 0;
    for (Object each : values) {
      ByteBuffer part = writeElement(element, each);
      int length = part.remaining() + (sized ? VariableLengths.size(part.remaining()) : 0);
      bytes = Math.addExact(bytes, length);
      parts.add(part);
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    for (ByteBuffer part : parts) {
      if (sized) {
        VariableLengths.writeUnsigned(part.remaining(), out);
      }
      out.put(part);
    }
    return out.flip();
  }
}
