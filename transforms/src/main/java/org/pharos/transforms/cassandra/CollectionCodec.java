package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.pharos.schemas.CqlType;

/** Lists and sets: a count, then each element with its length. Read in the order of the server. */
final class CollectionCodec extends ColumnCodec {

  private final ColumnCodec element;

  CollectionCodec(CqlType type, ColumnCodec element) {
    super(type);
    this.element = element;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    if (length == 0) {
      return new ArrayList<>();
    }
    int size = in.getInt();
    List<Object> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(readElement(element, in));
    }
    return values;
  }

  @Override
  ByteBuffer write(Object value) {
    if (!(value instanceof Iterable<?> values) || value instanceof Map<?, ?>) {
      throw doesNotFit(value);
    }
    List<ByteBuffer> parts =
        values instanceof Collection<?> known ? new ArrayList<>(known.size()) : new ArrayList<>();
    int bytes = Integer.BYTES;
    for (Object each : values) {
      ByteBuffer part = writeElement(element, each);
      bytes = Math.addExact(bytes, Integer.BYTES + part.remaining());
      parts.add(part);
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).putInt(parts.size());
    for (ByteBuffer part : parts) {
      out.putInt(part.remaining()).put(part);
    }
    return out.flip();
  }
}
