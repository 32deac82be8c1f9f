package org.pharos.schemas;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/** The bytes that stand for values in a hash bucket, as {@link HashBucket} documents them. */
final class CanonicalBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

  void add(String column, @Nullable Object value) {
    if (value == null) {
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
      return;
    }
    byte[] content = content(column, value);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    bytes.writeBytes(content);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private static byte[] content(String column, Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return eight(((Number) value).longValue());
    } else if (value instanceof Float || value instanceof Double) {
      return eight(Double.doubleToLongBits(((Number) value).doubleValue()));
    } else if (value instanceof Boolean flag) {
      return new byte[] {(byte) (flag ? 1 : 0)};
    } else if (value instanceof ReadableInstant instant) {
      return eight(instant.getMillis());
    } else if (value instanceof java.time.LocalDate date) {
      return eight(date.toEpochDay());
    } else if (value instanceof java.time.LocalTime time) {
      return eight(time.toNanoOfDay());
    } else if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } else if (value instanceof BigInteger number) {
      return number.toByteArray();
    } else if (value instanceof BigDecimal number) {
      byte[] unscaled = number.unscaledValue().toByteArray();
      return ByteBuffer.allocate(4 + unscaled.length).putInt(number.scale()).put(unscaled).array();
    } else if (value instanceof byte[] blob) {
      return blob;
    } else if (value instanceof InetAddress address) {
      return address.getAddress();
    }
    throw new IllegalArgumentException(
        "column "
            + column
            + " cannot decide a bucket: no canonical bytes for "
            + value.getClass().getName());
  }

  private static byte[] eight(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }
}
