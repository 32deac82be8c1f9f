package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pharos.schemas.CqlType;

/** Maps: a count, then each key and value with its length. Read in the order of the server. */
final class MapCodec extends ColumnCodec {

  private final ColumnCodec key;
  private final ColumnCodec value;

  MapCodec(CqlType type, ColumnCodec key, ColumnCodec value) {
    super(type);
    this.key = key;
    this.value = value;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    int size = length == 0 ? 0 : in.getInt();
    Map<Object, Object> entries = new LinkedHashMap<>(Math.max(4, size * 2));
    for (int i = 0; i < size; i++) {
      entries.put(readElement(key, in), readElement(value, in));
    }
    return entries;
  }

  @Override
  ByteBuffer write(Object object) {
    if (!(object instanceof Map<?, ?> entries)) {
      throw doesNotFit(object);
    }
    ByteBuffer[] parts = new ByteBuffer[entries.size() * 2];
    int bytes = Integer.BYTES;
    int count = 0;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      ByteBuffer keyBytes = writeElement(key, entry.getKey());
      ByteBuffer valueBytes = writeElement(value, entry.getValue());
      parts[count++] = keyBytes;
      parts[count++] = valueBytes;
      bytes =
          Math.addExact(bytes, 2 * Integer.BYTES + keyBytes.remaining() + valueBytes.remaining());
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).putInt(count / 2);
    for (ByteBuffer part : parts) {
      out.putInt(part.remaining()).put(part);
    }
    return out.flip();
  }
}
