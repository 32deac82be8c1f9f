package org.pharos.transforms.cassandra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/**
 * The order in which Cassandra sorts values of a type inside a partition, on their bytes. Buffers
 * stay as they are.
 */
final class ValueOrder {

  /** Turns a comparison of signed bytes into one of signed longs. */
  private static final long SIGNS_OF_LOWER_BYTES = 0x0080808080808080L;

  private ValueOrder() {}

  /**
   * The ascending order of a type that can be a clustering column; no bytes come first.
   *
   * @throws IllegalArgumentException if the type has no order
   */
  static Comparator<ByteBuffer> of(CqlType type) {
    Comparator<ByteBuffer> order = ofContent(type);
    return (a, b) ->
        a.hasRemaining() && b.hasRemaining()
            ? order.compare(a, b)
            : Boolean.compare(a.hasRemaining(), b.hasRemaining());
  }

  private static Comparator<ByteBuffer> ofContent(CqlType type) {
    if (type instanceof CqlType.Native scalar) {
      return ofNative(scalar);
    } else if (type instanceof CqlType.ListOf list) {
      return collection(List.of(of(list.element())));
    } else if (type instanceof CqlType.SetOf set) {
      return collection(List.of(of(set.element())));
    } else if (type instanceof CqlType.MapOf map) {
      return collection(List.of(of(map.key()), of(map.value())));
    } else if (type instanceof CqlType.TupleOf tuple) {
      return struct(tuple.elements());
    } else if (type instanceof CqlType.UserType user) {
      return struct(user.fields().stream().map(CqlType.UserType.Field::type).toList());
    } else if (type instanceof CqlType.VectorOf vector) {
      return vector(vector);
    }
    throw new IllegalArgumentException("no order of " + type.cql());
  }

  private static Comparator<ByteBuffer> ofNative(CqlType.Native type) {
    return switch (type) {
      case ASCII, TEXT, BLOB, BOOLEAN, INET, DATE, TIME -> ValueOrder::unsigned;
      case TINYINT, SMALLINT, INT, BIGINT, TIMESTAMP -> ValueOrder::signed;
      case FLOAT -> (a, b) -> Float.compare(a.getFloat(a.position()), b.getFloat(b.position()));
      case DOUBLE -> (a, b) -> Double.compare(a.getDouble(a.position()), b.getDouble(b.position()));
      case VARINT -> (a, b) -> integer(a, 0).compareTo(integer(b, 0));
      case DECIMAL -> (a, b) -> decimal(a).compareTo(decimal(b));
      case UUID -> ValueOrder::uuids;
      case TIMEUUID -> ValueOrder::timeUuids;
      case COUNTER, DURATION -> throw new IllegalArgumentException("no order of " + type.cql());
    };
  }

  static int unsigned(ByteBuffer a, ByteBuffer b) {
    int different = a.mismatch(b);
    return different < 0 || different >= Math.min(a.remaining(), b.remaining())
        ? Integer.compare(a.remaining(), b.remaining())
        : Byte.compareUnsigned(a.get(a.position() + different), b.get(b.position() + different));
  }

  /** Numbers of one length: the first byte has the sign. */
  private static int signed(ByteBuffer a, ByteBuffer b) {
    int first = Byte.compare(a.get(a.position()), b.get(b.position()));
    return first == 0 ? unsigned(a, b) : first;
  }

  private static BigInteger integer(ByteBuffer bytes, int from) {
    byte[] digits = new byte[bytes.remaining() - from];
    bytes.get(bytes.position() + from, digits);
    return new BigInteger(digits);
  }

  private static BigDecimal decimal(ByteBuffer bytes) {
    return new BigDecimal(integer(bytes, Integer.BYTES), bytes.getInt(bytes.position()));
  }

  /** By version, then those of version 1 by their time, then all by their bytes. */
  private static int uuids(ByteBuffer a, ByteBuffer b) {
    long highA = a.getLong(a.position());
    long highB = b.getLong(b.position());
    int byVersion = Integer.compare(version(highA), version(highB));
    if (byVersion != 0) {
      return byVersion;
    }
    int byHigh =
        version(highA) == 1
            ? Long.compare(timeFirst(highA), timeFirst(highB))
            : Long.compareUnsigned(highA, highB);
    return byHigh != 0
        ? byHigh
        : Long.compareUnsigned(
            a.getLong(a.position() + Long.BYTES), b.getLong(b.position() + Long.BYTES));
  }

  /** By time; then, out of old habit, by the other bytes as signed ones. */
  private static int timeUuids(ByteBuffer a, ByteBuffer b) {
    int byTime =
        Long.compare(timeFirst(a.getLong(a.position())), timeFirst(b.getLong(b.position())));
    return byTime != 0
        ? byTime
        : Long.compare(
            a.getLong(a.position() + Long.BYTES) ^ SIGNS_OF_LOWER_BYTES,
            b.getLong(b.position() + Long.BYTES) ^ SIGNS_OF_LOWER_BYTES);
  }

  private static int version(long high) {
    return (int) (high >>> 12) & 0xF;
  }

  /** The version and the time's digits, the highest first. */
  private static long timeFirst(long high) {
    return (high << 48) | ((high << 16) & 0xFFFF00000000L) | (high >>> 32);
  }

  /** By element (of maps: by key, then value), then by number of elements. */
  private static Comparator<ByteBuffer> collection(List<Comparator<ByteBuffer>> parts) {
    return (left, right) -> {
      ByteBuffer a = left.duplicate();
      ByteBuffer b = right.duplicate();
      int sizeA = a.getInt();
      int sizeB = b.getInt();
      for (int i = 0; i < Math.min(sizeA, sizeB); i++) {
        for (Comparator<ByteBuffer> part : parts) {
          int order = nullsFirst(part, sized(a), sized(b));
          if (order != 0) {
            return order;
          }
        }
      }
      return Integer.compare(sizeA, sizeB);
    };
  }

  /** By field; one that is missing at the end, since the type has grown, is as a null. */
  private static Comparator<ByteBuffer> struct(List<CqlType> types) {
    List<Comparator<ByteBuffer>> fields = types.stream().map(ValueOrder::of).toList();
    return (left, right) -> {
      ByteBuffer a = left.duplicate();
      ByteBuffer b = right.duplicate();
      for (Comparator<ByteBuffer> field : fields) {
        int order = nullsFirst(field, sized(a), sized(b));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static Comparator<ByteBuffer> vector(CqlType.VectorOf type) {
    Comparator<ByteBuffer> order = of(type.element());
    int fixed = ColumnCodec.of(type.element()).lengthInVector();
    return (left, right) -> {
      ByteBuffer a = left.duplicate();
      ByteBuffer b = right.duplicate();
      for (int i = 0; i < type.dimension(); i++) {
        int byElement = order.compare(inVector(a, fixed), inVector(b, fixed));
        if (byElement != 0) {
          return byElement;
        }
      }
      return 0;
    };
  }

  private static ByteBuffer inVector(ByteBuffer in, int fixed) {
    return next(in, fixed == ColumnCodec.VARIABLE ? (int) VariableLengths.readUnsigned(in) : fixed);
  }

  private static @Nullable ByteBuffer sized(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return null;
    }
    int length = in.getInt();
    return length < 0 ? null : next(in, length);
  }

  private static ByteBuffer next(ByteBuffer in, int length) {
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }

  private static int nullsFirst(
      Comparator<ByteBuffer> order, @Nullable ByteBuffer a, @Nullable ByteBuffer b) {
    return a == null || b == null ? Boolean.compare(a != null, b != null) : order.compare(a, b);
  }
}
