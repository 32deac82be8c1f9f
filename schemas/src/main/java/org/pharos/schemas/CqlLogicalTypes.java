package org.pharos.schemas;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;

/**
 * Beam logical types for what Beam has no type of its own. Each is a constant without argument; a
 * Row holds the input type (BigInteger, UUID, InetAddress).
 */
public final class CqlLogicalTypes {
  /** Varint: a BigInteger over DECIMAL. */
  public static final LogicalType<BigInteger, BigDecimal> VARINT = new Varint();

  /** Time UUID: a UUID of version 1 over 16 BYTES. Differs from Beam's own UUID type by name. */
  public static final LogicalType<UUID, byte[]> TIMEUUID = new TimeUuid();

  /**
   * Inet: an IPv4 or IPv6 address over its 4 or 16 BYTES. Java has no IPv4 address mapped into
   * IPv6: such an address becomes the IPv4 address.
   */
  public static final LogicalType<InetAddress, byte[]> INET = new Inet();

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
    public boolean equals(Object other) {
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

  private static final class TimeUuid extends Plain<UUID, byte[]> {
    TimeUuid() {
      super("pharos:timeuuid:v1", FieldType.BYTES);
    }

    @Override
    public byte[] toBaseType(UUID input) {
      return ByteBuffer.allocate(16)
          .putLong(input.getMostSignificantBits())
          .putLong(input.getLeastSignificantBits())
          .array();
    }

    @Override
    public UUID toInputType(byte[] base) {
      ByteBuffer bytes = ByteBuffer.wrap(base);
      return new UUID(bytes.getLong(), bytes.getLong());
    }
  }

  private static final class Inet extends Plain<InetAddress, byte[]> {
    Inet() {
      super("pharos:inet:v1", FieldType.BYTES);
    }

    @Override
    public byte[] toBaseType(InetAddress input) {
      return input.getAddress();
    }

    @Override
    public InetAddress toInputType(byte[] base) {
      try {
        return InetAddress.getByAddress(base);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(
            "an inet has 4 or 16 bytes, this one has " + base.length, e);
      }
    }
  }
}
