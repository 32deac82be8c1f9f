package org.pharos.transforms.cassandra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.function.Function;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlType;

/** The codecs of the types with no inner structure. */
final class NativeCodecs {

  private static final long EPOCH_DAY = 1L << 31;

  private NativeCodecs() {}

  static ColumnCodec of(CqlType.Native type) {
    return switch (type) {
      case ASCII, TEXT -> new TextCodec(type);
      case BIGINT, COUNTER ->
          fixed(type, 8, 8, ByteBuffer::getLong, (value, out) -> out.putLong(integer(value)));
      case BLOB -> sized(type, 0, NativeCodecs::bytes, NativeCodecs::blob);
      case BOOLEAN -> fixed(type, 1, 1, in -> in.get() != 0, (value, out) -> out.put(bool(value)));
      case DATE -> fixed(type, 4, ColumnCodec.VARIABLE, NativeCodecs::date, NativeCodecs::putDate);
      case DECIMAL -> sized(type, 5, NativeCodecs::decimal, NativeCodecs::decimalBytes);
      case DOUBLE ->
          fixed(type, 8, 8, ByteBuffer::getDouble, (value, out) -> out.putDouble(real(value)));
      case DURATION -> sized(type, 3, NativeCodecs::duration, NativeCodecs::durationBytes);
      case FLOAT ->
          fixed(type, 4, 4, ByteBuffer::getFloat, (value, out) -> out.putFloat((Float) value));
      case INET -> sized(type, 4, NativeCodecs::inet, NativeCodecs::inetBytes);
      case INT ->
          fixed(
              type,
              4,
              4,
              ByteBuffer::getInt,
              (value, out) -> out.putInt(value instanceof Integer i ? i : smaller(value)));
      case SMALLINT ->
          fixed(
              type,
              2,
              ColumnCodec.VARIABLE,
              ByteBuffer::getShort,
              (value, out) -> out.putShort(value instanceof Byte b ? (short) b : (Short) value));
      case TIME ->
          fixed(
              type,
              8,
              ColumnCodec.VARIABLE,
              in -> LocalTime.ofNanoOfDay(in.getLong()),
              (value, out) -> out.putLong(((LocalTime) value).toNanoOfDay()));
      case TIMESTAMP ->
          fixed(
              type,
              8,
              8,
              in -> Instant.ofEpochMilli(in.getLong()),
              (value, out) -> out.putLong(((Instant) value).getMillis()));
      case TINYINT ->
          fixed(
              type,
              1,
              ColumnCodec.VARIABLE,
              ByteBuffer::get,
              (value, out) -> out.put((Byte) value));
      case UUID, TIMEUUID ->
          fixed(
              type,
              16,
              16,
              in -> new UUID(in.getLong(), in.getLong()),
              (value, out) -> putUuid(type, (UUID) value, out));
      case VARINT -> sized(type, 1, in -> new BigInteger(bytes(in)), NativeCodecs::varint);
    };
  }

  /** How a value of a fixed length is written. */
  private interface Put {
    void accept(Object value, ByteBuffer out);
  }

  /** A type whose values have one length; a value of no bytes is null. */
  private static ColumnCodec fixed(
      CqlType type, int length, int lengthInVector, Function<ByteBuffer, Object> get, Put put) {
    return new ColumnCodec(type) {
      @Override
      @Nullable Object read(ByteBuffer in, int bytes) {
        if (bytes == length) {
          return get.apply(in);
        }
        if (bytes == 0) {
          return null;
        }
        throw new IllegalStateException(bytes + " bytes for a " + type.cql());
      }

      @Override
      ByteBuffer write(Object value) {
        ByteBuffer out = ByteBuffer.allocate(length);
        try {
          put.accept(value, out);
        } catch (ClassCastException e) {
          throw doesNotFit(value);
        }
        return out.flip();
      }

      @Override
      int lengthInVector() {
        return lengthInVector;
      }
    };
  }

  /** A type whose values differ in length; shorter than the least is null. */
  private static ColumnCodec sized(
      CqlType type,
      int least,
      Function<ByteBuffer, Object> get,
      Function<Object, ByteBuffer> bytesOf) {
    return new ColumnCodec(type) {
      @Override
      @Nullable Object read(ByteBuffer in, int length) {
        int limit = in.limit();
        int end = in.position() + length;
        Object value = length < least ? null : get.apply(in.limit(end));
        in.limit(limit).position(end);
        return value;
      }

      @Override
      ByteBuffer write(Object value) {
        try {
          return bytesOf.apply(value);
        } catch (ClassCastException e) {
          throw doesNotFit(value);
        }
      }
    };
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  private static ByteBuffer blob(Object value) {
    return ByteBuffer.wrap((byte[]) value);
  }

  private static byte bool(Object value) {
    return (byte) ((Boolean) value ? 1 : 0);
  }

  private static long integer(Object value) {
    return value instanceof Long number ? number : smaller(value, true);
  }

  private static int smaller(Object value) {
    return (int) smaller(value, false);
  }

  private static long smaller(Object value, boolean orInt) {
    if (value instanceof Short || value instanceof Byte || (orInt && value instanceof Integer)) {
      return ((Number) value).longValue();
    }
    throw new ClassCastException();
  }

  private static double real(Object value) {
    return value instanceof Float number ? number.doubleValue() : (Double) value;
  }

  private static Object date(ByteBuffer in) {
    return LocalDate.ofEpochDay(Integer.toUnsignedLong(in.getInt()) - EPOCH_DAY);
  }

  private static void putDate(Object value, ByteBuffer out) {
    long day = ((LocalDate) value).toEpochDay() + EPOCH_DAY;
    if (day < 0 || day > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(value + " is beyond the days that date holds");
    }
    out.putInt((int) day);
  }

  private static void putUuid(CqlType type, UUID value, ByteBuffer out) {
    if (type == CqlType.TIMEUUID && value.version() != 1) {
      throw new IllegalArgumentException(
          "a UUID of version " + value.version() + " does not fit timeuuid (version 1)");
    }
    out.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
  }

  private static Object decimal(ByteBuffer in) {
    int scale = in.getInt();
    return new BigDecimal(new BigInteger(bytes(in)), scale);
  }

  private static ByteBuffer decimalBytes(Object value) {
    BigDecimal decimal = (BigDecimal) value;
    byte[] unscaled = decimal.unscaledValue().toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + unscaled.length)
        .putInt(decimal.scale())
        .put(unscaled)
        .flip();
  }

  private static ByteBuffer varint(Object value) {
    BigInteger number = value instanceof BigInteger big ? big : BigInteger.valueOf(integer(value));
    return ByteBuffer.wrap(number.toByteArray());
  }

  private static Object inet(ByteBuffer in) {
    try {
      return InetAddress.getByAddress(bytes(in));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an inet of neither 4 nor 16 bytes", e);
    }
  }

  private static ByteBuffer inetBytes(Object value) {
    return ByteBuffer.wrap(((InetAddress) value).getAddress());
  }

  private static Object duration(ByteBuffer in) {
    return new CalendarDuration(
        (int) VariableLengths.unfold(VariableLengths.readUnsigned(in)),
        (int) VariableLengths.unfold(VariableLengths.readUnsigned(in)),
        VariableLengths.unfold(VariableLengths.readUnsigned(in)));
  }

  private static ByteBuffer durationBytes(Object value) {
    CalendarDuration duration = (CalendarDuration) value;
    long months = VariableLengths.fold(duration.months());
    long days = VariableLengths.fold(duration.days());
    long nanos = VariableLengths.fold(duration.nanos());
    ByteBuffer out =
        ByteBuffer.allocate(
            VariableLengths.size(months)
                + VariableLengths.size(days)
                + VariableLengths.size(nanos));
    VariableLengths.writeUnsigned(months, out);
    VariableLengths.writeUnsigned(days, out);
    VariableLengths.writeUnsigned(nanos, out);
    return out.flip();
  }
}
