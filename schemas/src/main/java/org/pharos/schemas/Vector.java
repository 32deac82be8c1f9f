package org.pharos.schemas;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A vector of floats: immutable, and equal when every element has the same bits (as {@link
 * Arrays#equals(float[], float[])} sees them: NaN equals NaN, 0.0 differs from -0.0).
 */
public final class Vector implements Serializable {
  /** The largest dimension that Cassandra takes. */
  public static final int MAX_DIMENSION = 8192;

  private static final long serialVersionUID = 1;

  private final float[] elements;

  private Vector(float[] elements) {
    this.elements = elements;
  }

  /** A vector of a copy of these elements. */
  public static Vector of(float... elements) {
    return new Vector(elements.clone());
  }

  /** A vector from 4 bytes an element, big endian; the buffer's position stays. */
  public static Vector fromBytes(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "a vector of floats has 4 bytes an element, not " + bytes.remaining() + " bytes in all");
    }
    float[] elements = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().asFloatBuffer().get(elements);
    return new Vector(elements);
  }

  /** The Beam logical type of vectors of exactly this dimension. */
  public static LogicalType type(int dimension) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension of a vector is 1 to " + MAX_DIMENSION + ", not " + dimension);
    }
    return new LogicalType(dimension);
  }

  /** The Beam logical type of vectors of any dimension: for records that do not state theirs. */
  public static LogicalType anyType() {
    return new LogicalType(0);
  }

  public int dimension() {
    return elements.length;
  }

  public float get(int index) {
    return elements[index];
  }

  /** A copy of the elements. */
  public float[] toArray() {
    return elements.clone();
  }

  /** 4 bytes an element, big endian: what Cassandra stores. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(elements.length * Float.BYTES);
    bytes.asFloatBuffer().put(elements);
    return bytes.array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Vector that && Arrays.equals(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return Arrays.toString(elements);
  }

  /** Vectors over a ROW of BYTES, 4 an element; the argument is the dimension, 0 for any. */
  public static final class LogicalType
      implements org.apache.beam.sdk.schemas.Schema.LogicalType<Vector, Row> {
    private static final long serialVersionUID = 1;

    private final int dimension;

    private LogicalType(int dimension) {
      this.dimension = dimension;
    }

    /** The dimension, 0 for any. */
    public int dimension() {
      return dimension;
    }

    @Override
    public String getIdentifier() {
      return "pharos:vector:v1";
    }

    @Override
    public FieldType getArgumentType() {
      return FieldType.INT32;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Beam's signature
    public <T> T getArgument() {
      return (T) Integer.valueOf(dimension);
    }

    @Override
    public FieldType getBaseType() {
      return FieldType.row(CqlLogicalTypes.BYTES);
    }

    @Override
    public Row toBaseType(Vector input) {
      return Row.withSchema(CqlLogicalTypes.BYTES).attachValues((Object) checked(input).toBytes());
    }

    @Override
    public Vector toInputType(Row base) {
      return checked(fromBytes(ByteBuffer.wrap(base.<byte[]>getValue(0))));
    }

    private Vector checked(Vector vector) {
      if (dimension != 0 && vector.dimension() != dimension) {
        throw new IllegalArgumentException(
            "a vector of " + dimension + " elements is wanted, this one has " + vector.dimension());
      }
      return vector;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof LogicalType that && dimension == that.dimension;
    }

    @Override
    public int hashCode() {
      return dimension;
    }

    @Override
    public String toString() {
      return "vector(" + (dimension == 0 ? "any" : dimension) + ")";
    }
  }
}
