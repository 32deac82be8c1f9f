package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pharos.schemas.CqlType;

/**
 * Text as UTF-8. What has no UTF-8 form (half of a surrogate pair), or no ASCII form where the
 * column wants ASCII, is refused: Java would write a question mark instead.
 */
final class TextCodec extends ColumnCodec {

  private final boolean ascii;

  TextCodec(CqlType type) {
    super(type);
    this.ascii = type == CqlType.ASCII;
  }

  @Override
  Object read(ByteBuffer in, int length) {
    int start = in.position();
    if (in.hasArray()) {
      in.position(start + length);
      return new String(in.array(), in.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  ByteBuffer write(Object value) {
    if (!(value instanceof String text)) {
      throw doesNotFit(value);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean marked = false;
    for (byte each : bytes) {
      if (each == '?') {
        marked = true;
      } else if (ascii && each < 0) {
        throw doesNotFit("a text with other characters than ASCII");
      }
    }
    if (marked) {
      refuseHalfPairs(text);
    }
    return ByteBuffer.wrap(bytes);
  }

  private void refuseHalfPairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (Character.isSurrogate(each)) {
        if (Character.isHighSurrogate(each)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw doesNotFit("a text with half of a surrogate pair");
        }
      }
    }
  }
}
