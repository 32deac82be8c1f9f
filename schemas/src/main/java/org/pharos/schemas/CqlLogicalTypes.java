package org.pharos.schemas;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Beam logical types for what Beam has no type of its own. Each is a constant without argument; a
 * Row holds the input type (BigInteger, UUID, InetAddress).
 */
public final class CqlLogicalTypes {
  // Row.hashCode takes a value of a logical type over bare BYTES for a byte[] and fails: a ROW
  // around
  // them avoids that.
  static final Schema BYTES = Schema.builder().addByteArrayField("bytes").build();

  /** Varint: a BigInteger over DECIMAL. */
  public static final LogicalType<BigInteger, BigDecimal> VARINT = new Varint();

  /**
   * Time UUID: a UUID of version 1 over a ROW of two INT64. Differs from Beam's own UUID type by
   * name.
   */
  public static final LogicalType<UUID, Row> TIMEUUID = new TimeUuid();

  /**
   * Inet: an IPv4 or IPv6 address over a ROW of its 4 or 16 BYTES. Java has no IPv4 address mapped
   * into IPv6: such an address becomes the IPv4 address.
   */
  public static final LogicalType<InetAddress, Row> INET = new Inet();

  private CqlLogicalTypes() {}

  private abstract static class Plain<InputT, BaseT> implements LogicalType<InputT, BaseT> {
    private final String identifier;
    private final FieldType base;

    Plain(String identifier, FieldType base) {
      this.identifier = identifier;
      this.base = base;
    }

    @Override
    public String getIdentifier() {
      return identifier;
    }

    // Beam reads "no argument" as an empty string: its own types without argument say the same.
    @Override
    public FieldType getArgumentType() {
      return FieldType.STRING;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Beam's signature
    public <T> T getArgument() {
      return (T) "";
    }

    @Override
    public FieldType getBaseType() {
      return base;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Plain<?, ?> that && identifier.equals(that.identifier);
    }

    @Override
    public int hashCode() {
      return identifier.hashCode();
    }

    @Override
    public String toString() {
      return identifier;
    }
  }

  private static final class Varint extends Plain<BigInteger, BigDecimal> {
    Varint() {
      super("pharos:varint:v1", FieldType.DECIMAL);
    }

    @Override
    public BigDecimal toBaseType(BigInteger input) {
      return new BigDecimal(input);
    }

    @Override
    public BigInteger toInputType(BigDecimal base) {
      return base.toBigIntegerExact();
    }
  }

  private static final class TimeUuid extends Plain<UUID, Row> {
    private static final Schema BASE =
        Schema.builder().addInt64Field("most").addInt64Field("least").build();

    TimeUuid() {
      super("pharos:timeuuid:v1", FieldType.row(BASE));
    }

    @Override
    public Row toBaseType(UUID input) {
      return Row.withSchema(BASE)
          .attachValues(input.getMostSignificantBits(), input.getLeastSignificantBits());
    }

    @Override
    public UUID toInputType(Row base) {
      return new UUID(base.<Long>getValue(0), base.<Long>getValue(1));
    }
  }

  private static final class Inet extends Plain<InetAddress, Row> {
    Inet() {
      super("pharos:inet:v1", FieldType.row(BYTES));
    }

    @Override
    public Row toBaseType(InetAddress input) {
      return Row.withSchema(BYTES).attachValues((Object) input.getAddress());
    }

    @Override
    public InetAddress toInputType(Row base) {
      byte[] address = base.getValue(0);
      try {
        return InetAddress.getByAddress(address);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(
            "an inet has 4 or 16 bytes, this one has " + address.length, e);
      }
    }
  }
}
