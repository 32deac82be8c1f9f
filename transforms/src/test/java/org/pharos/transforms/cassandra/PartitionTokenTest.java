package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.internal.core.metadata.token.Murmur3Token;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3TokenFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionTokenTest {
  @Test
  void a_token_is_the_driver_s_token() {
    Murmur3TokenFactory driver = new Murmur3TokenFactory();
    Random random = new Random(3);
    for (int length = 0; length < 200; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      Murmur3Token expected = (Murmur3Token) driver.hash(ByteBuffer.wrap(key));

      assertThat(PartitionToken.of(ByteBuffer.wrap(key)))
          .as("length %s", length)
          .isEqualTo(expected.getValue());
    }
  }

  @Test
  void shards_are_equal_parts_of_the_ring_in_its_order() {
    assertThat(ShardBlocks.shard(Long.MIN_VALUE, 3)).isZero();
    assertThat(ShardBlocks.shard(Long.MAX_VALUE, 3)).isEqualTo(2);
    assertThat(ShardBlocks.shard(0, 3)).isEqualTo(1);
    assertThat(ShardBlocks.shard(-1, 2)).isZero();
    assertThat(ShardBlocks.shard(0, 2)).isEqualTo(1);
    assertThat(ShardBlocks.shard(Long.MAX_VALUE, 4096)).isEqualTo(4095);
  }
}
