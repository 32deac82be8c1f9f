package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/**
 * Turns a column's bytes into the Beam value of its type and back. Resolved once for a column: a
 * value costs no lookup, no reflection and no object between the bytes and the Beam value. The
 * bytes are those of the native protocol from version 3 on.
 *
 * <p>Values are those of {@link CqlType#fieldType}. When writing, a value that widens without loss
 * is taken as well: see {@link TypeFit}. A value of no bytes, which Cassandra keeps for a few types
 * out of old habit, reads as null where the type has no such value.
 */
abstract class ColumnCodec {

  static final int VARIABLE = -1;

  final CqlType type;

  ColumnCodec(CqlType type) {
    this.type = type;
  }

  static ColumnCodec of(CqlType type) {
    if (type instanceof CqlType.Native scalar) {
      return NativeCodecs.of(scalar);
    } else if (type instanceof CqlType.ListOf list) {
      return new CollectionCodec(list, of(list.element()));
    } else if (type instanceof CqlType.SetOf set) {
      return new CollectionCodec(set, of(set.element()));
    } else if (type instanceof CqlType.MapOf map) {
      return new MapCodec(map, of(map.key()), of(map.value()));
    } else if (type instanceof CqlType.TupleOf tuple) {
      return new StructCodec(tuple, tuple.elements());
    } else if (type instanceof CqlType.UserType user) {
      return new StructCodec(
          user, user.fields().stream().map(CqlType.UserType.Field::type).toList());
    } else if (type instanceof CqlType.VectorOf vector) {
      return vector.element() == CqlType.FLOAT
          ? new FloatVectorCodec(vector)
          : new VectorCodec(vector, of(vector.element()));
    }
    throw new IllegalArgumentException("no codec for " + type.cql());
  }

  /** The value of these bytes, null for null; the buffer is as before afterwards. */
  final @Nullable Object decode(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return null;
    }
    int start = bytes.position();
    Object value = read(bytes, bytes.remaining());
    bytes.position(start);
    return value;
  }

  /**
   * The bytes of a value, null for null.
   *
   * @throws IllegalArgumentException if the value does not fit the type, naming the type and the
   *     value's class
   */
  final @Nullable ByteBuffer encode(@Nullable Object value) {
    return value == null ? null : write(value);
  }

  /** The value of the next {@code length} bytes, which are consumed. */
  abstract @Nullable Object read(ByteBuffer in, int length);

  abstract ByteBuffer write(Object value);

  /** The length that each value has inside a vector, or {@link #VARIABLE}. */
  int lengthInVector() {
    return VARIABLE;
  }

  final IllegalArgumentException doesNotFit(Object value) {
    return new IllegalArgumentException(
        "a value of " + value.getClass().getName() + " does not fit " + type.cql());
  }

  final IllegalArgumentException doesNotFit(String reason) {
    return new IllegalArgumentException(reason + " does not fit " + type.cql());
  }

  /** A value inside another: its bytes come with their length, a negative one means null. */
  static @Nullable Object readSized(ColumnCodec codec, ByteBuffer in) {
    int length = in.getInt();
    return length < 0 ? null : codec.read(in, length);
  }

  final Object readElement(ColumnCodec codec, ByteBuffer in) {
    Object value = readSized(codec, in);
    if (value == null) {
      throw new IllegalStateException("an element of a " + type.cql() + " is null");
    }
    return value;
  }

  final ByteBuffer writeElement(ColumnCodec codec, @Nullable Object value) {
    if (value == null) {
      throw doesNotFit("a null element");
    }
    return codec.write(value);
  }
}
