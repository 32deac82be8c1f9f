package org.pharos.pipelines.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowDigestTest {
  private static final List<String> ROWS =
      IntStream.range(0, 1000).mapToObj(i -> "row " + i).toList();

  @Test
  void sums_hashes_modulo_two_to_the_128() throws Exception {
    BigInteger sum = BigInteger.ZERO;
    for (String row : ROWS) {
      byte[] hash = MessageDigest.getInstance("MD5").digest(row.getBytes(StandardCharsets.UTF_8));
      sum = sum.add(new BigInteger(1, Arrays.copyOf(hash, 16)));
    }
    String expected = String.format("%032x", sum.mod(BigInteger.ONE.shiftLeft(128)));

    RowDigest digest = of(ROWS);

    assertThat(digest.rows()).isEqualTo(1000);
    assertThat(digest.hex()).isEqualTo(expected);
  }

  @Test
  void does_not_depend_on_order_or_on_how_rows_are_divided() {
    List<String> shuffled = new ArrayList<>(ROWS);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(of(shuffled.subList(0, 7)).plus(of(shuffled.subList(7, 1000)))).isEqualTo(of(ROWS));
  }

  @Test
  void tells_a_row_that_came_twice_in_place_of_another() {
    List<String> twice = new ArrayList<>(ROWS);
    twice.set(0, ROWS.get(1));

    assertThat(of(twice).rows()).isEqualTo(1000);
    assertThat(of(twice).hex()).isNotEqualTo(of(ROWS).hex());
  }

  private static RowDigest of(List<String> rows) {
    RowDigest sum = RowDigest.EMPTY;
    for (String row : rows) {
      sum = sum.plus(row);
    }
    return sum;
  }
}
