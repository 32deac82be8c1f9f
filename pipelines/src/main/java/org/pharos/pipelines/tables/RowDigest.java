package org.pharos.pipelines.tables;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a set of rows comes to, whatever their order: their number, and the sum modulo 2^128 of a
 * 128-bit hash (MD5) of each row's text. Two tables with equal digests hold, but for a chance of
 * 2^-128, the same rows equally often. It finds faults, not forgers.
 *
 * @param rows how many rows were added
 * @param high the upper 64 bits of the sum
 * @param low the lower 64 bits of the sum
 */
public record RowDigest(long rows, long high, long low) implements Serializable {

  /** The digest of no rows. */
  public static final RowDigest EMPTY = new RowDigest(0, 0, 0);

  private static final ThreadLocal<MessageDigest> HASH = ThreadLocal.withInitial(RowDigest::md5);

  /** This digest and one row more. */
  public RowDigest plus(String canonicalRow) {
    MessageDigest hash = HASH.get();
    ByteBuffer bytes = ByteBuffer.wrap(hash.digest(canonicalRow.getBytes(StandardCharsets.UTF_8)));
    return plus(new RowDigest(1, bytes.getLong(), bytes.getLong()));
  }

  /** The digest of both sets of rows together. */
  public RowDigest plus(RowDigest other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new RowDigest(rows + other.rows, high + other.high + carry, sum);
  }

  /** The sum in 32 hexadecimal digits. */
  public String hex() {
    return String.format("%016x%016x", high, low);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
