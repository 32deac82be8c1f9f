package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * What stands for a row's primary key among those that were seen: the MD5 hash of its columns'
 * bytes, each after its length. It is part of checkpoints, so it never changes. MD5 since there is
 * no forger to fear and it is the fastest of those with 16 bytes. Not for several threads.
 */
final class KeyHash {

  private final MessageDigest md5;
  private final int[] positions;

  /**
   * @param positions of the primary key's columns in a row
   */
  KeyHash(int[] positions) {
    this.positions = positions.clone();
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  SeenKey of(Row row, long time) {
    for (int position : positions) {
      ByteBuffer bytes = Objects.requireNonNull(row.getBytesUnsafe(position)).duplicate();
      md5.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.remaining()));
      md5.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(md5.digest());
    return new SeenKey(time, hash.getLong(), hash.getLong());
  }
}
