package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class FollowMarkCoderTest {

  private final FollowMarkCoder coder = new FollowMarkCoder();

  @Test
  void the_bytes_stay_as_they_are() throws CoderException {
    FollowMark mark =
        new FollowMark(
            1000,
            2000,
            List.of(new SeenKey(1900, 1, -1), new SeenKey(1900, 2, 0), new SeenKey(2001, 3, 4)));
    byte[] bytes = CoderUtils.encodeToByteArray(coder, mark);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "01"
                + "00000000000003e8"
                + "00000000000007d0"
                + "03"
                + ("ec0e" + "0000000000000001" + "ffffffffffffffff")
                + ("00" + "0000000000000002" + "0000000000000000")
                + ("65" + "0000000000000003" + "0000000000000004"));
    assertThat(CoderUtils.decodeFromByteArray(coder, bytes)).isEqualTo(mark);
  }

  @Test
  void many_keys_come_back_and_take_17_bytes_each() throws CoderException {
    FollowMark mark =
        new FollowMark(
            0,
            1_800_000_000_000L,
            LongStream.range(0, 10_000)
                .mapToObj(i -> new SeenKey(1_799_999_990_000L + i, i * i, -i))
                .toList());
    byte[] bytes = CoderUtils.encodeToByteArray(coder, mark);
    assertThat(bytes.length).isBetween(170_000, 170_100);
    assertThat(CoderUtils.decodeFromByteArray(coder, bytes)).isEqualTo(mark);
  }

  @Test
  void a_checkpoint_of_another_version_is_refused() {
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(coder, new byte[] {2, 0}))
        .hasStackTraceContaining("a checkpoint of version 2 of a followed table; this is 1");
  }
}
