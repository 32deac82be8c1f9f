package org.pharos.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private static final ByteBuffer UNSET = ByteBuffer.allocate(0);
  private static final List<TargetTable.Statement> STATEMENTS =
      List.of(new TargetTable.Statement("INSERT ...", 3, List.of(0)));

  /** A row with a key, a value that may be null, and a marker that is not set. */
  private record Sent(long token, int key, Integer value) {}

  private static RowBuffer buffer(List<Sent> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Sent row : rows) {
      out.writeInt(8 + 1 + 4 + 4 + 4 + (row.value() == null ? 0 : 4) + 4);
      out.writeLong(row.token());
      out.writeByte(0);
      out.writeInt(4);
      out.writeInt(row.key());
      out.writeInt(row.value() == null ? -1 : 4);
      if (row.value() != null) {
        out.writeInt(row.value());
      }
      out.writeInt(-2);
    }
    RowBuffer buffer = new RowBuffer(16, UNSET);
    buffer.read(
        new Requests(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))),
        bytes.size());
    buffer.sort(STATEMENTS);
    return buffer;
  }

  private static List<Sent> rows(RowBuffer buffer) {
    List<Sent> rows = new ArrayList<>();
    for (int i = 0; i < buffer.rows(); i++) {
      ByteBuffer[] values = buffer.values(i, 3);
      assertThat(values[2]).isSameAs(UNSET);
      rows.add(
          new Sent(
              buffer.token(i), values[0].getInt(), values[1] == null ? null : values[1].getInt()));
    }
    return rows;
  }

  @Test
  void rows_come_in_the_order_of_their_tokens_and_else_as_they_were_sent() throws IOException {
    Random random = new Random(7);
    for (int count : new int[] {0, 1, 2, 60, 70, 5_000}) {
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long token = i % 3 == 0 ? i % 10 - 5 : random.nextLong();
        sent.add(new Sent(token, (int) token, i % 4 == 0 ? null : i));
      }
      List<Sent> sorted = new ArrayList<>(sent);
      sorted.sort(Comparator.comparingLong(Sent::token));

      assertThat(rows(buffer(sent))).isEqualTo(sorted);
    }
  }

  @Test
  void two_keys_with_one_token_are_not_mixed() throws IOException {
    List<Sent> sent =
        List.of(new Sent(1, -1, 0), new Sent(1, 2, 1), new Sent(1, -1, 2), new Sent(0, 9, 3));

    // By the bytes of the key, of which -1 has the larger.
    assertThat(rows(buffer(sent)))
        .containsExactly(
            new Sent(0, 9, 3), new Sent(1, 2, 1), new Sent(1, -1, 0), new Sent(1, -1, 2));
  }
}
