package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.CqlType;

class WireRowsTest {
  private static final int COLUMNS = 3;
  private static final RowDecoder DECODER =
      RowDecoder.of(
          Schema.builder()
              .addNullableField("a", FieldType.BYTES)
              .addNullableField("b", FieldType.BYTES)
              .addNullableField("c", FieldType.BYTES)
              .build(),
          Collections.nCopies(COLUMNS, CqlType.BLOB));

  /** Null, empty or full; with bytes of others around it; in an array or not. */
  private static ByteBuffer cell(byte[] bytes, int form) {
    ByteBuffer whole =
        form % 2 == 0
            ? ByteBuffer.allocate(bytes.length + 2)
            : ByteBuffer.allocateDirect(bytes.length + 2);
    whole.put((byte) 1).put(bytes).put((byte) 2).flip().position(1).limit(bytes.length + 1);
    return form < 2 ? whole : whole.slice().asReadOnlyBuffer();
  }

  /** Rows of a column more than is wanted, as the driver has one for whatever was asked for. */
  @Provide
  Arbitrary<List<List<@Nullable ByteBuffer>>> rows() {
    Arbitrary<@Nullable ByteBuffer> cells =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .flatMap(bytes -> Arbitraries.integers().between(0, 3).map(form -> cell(bytes, form)))
            .injectNull(0.2);
    return cells.list().ofSize(COLUMNS + 1).list().ofMaxSize(5);
  }

  private static WireRows of(List<List<@Nullable ByteBuffer>> rows) {
    List<Row> sent = new ArrayList<>();
    rows.forEach(row -> sent.add(new DefaultRow(DefaultColumnDefinitions.valueOf(List.of()), row)));
    return new WireRows(sent, COLUMNS);
  }

  private static List<List<@Nullable ByteBuffer>> decoded(WireRows rows) {
    List<List<@Nullable ByteBuffer>> decoded = new ArrayList<>();
    rows.each(
        DECODER,
        row -> {
          List<@Nullable ByteBuffer> cells = new ArrayList<>();
          for (int i = 0; i < COLUMNS; i++) {
            byte[] cell = row.getBytes(i);
            cells.add(cell == null ? null : ByteBuffer.wrap(cell));
          }
          decoded.add(cells);
        });
    return decoded;
  }

  @Property(tries = 200)
  void cells_come_out_as_they_were_sent_also_after_a_journey(
      @ForAll("rows") List<List<@Nullable ByteBuffer>> sent) throws Exception {
    WireRows rows = of(sent);
    byte[] encoded = CoderUtils.encodeToByteArray(WireRowsCoder.of(), rows);
    WireRows arrived = CoderUtils.decodeFromByteArray(WireRowsCoder.of(), encoded);

    for (WireRows each : List.of(of(sent), rows, arrived)) {
      assertThat(each.rows()).isEqualTo(sent.size());
      assertThat(each.isEmpty()).isEqualTo(sent.isEmpty());
      assertThat(decoded(each))
          .isEqualTo(sent.stream().map(row -> row.subList(0, COLUMNS)).toList());
    }
    assertThat(arrived).isEqualTo(rows).hasSameHashCodeAs(rows);
    assertThat(CoderUtils.encodeToByteArray(WireRowsCoder.of(), arrived)).isEqualTo(encoded);
  }

  @Test
  void null_is_not_empty() {
    List<@Nullable ByteBuffer> nulls = new ArrayList<>();
    List<@Nullable ByteBuffer> empty = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      nulls.add(null);
      empty.add(ByteBuffer.allocate(0));
    }
    assertThat(of(List.of(nulls))).isNotEqualTo(of(List.of(empty)));
    assertThat(of(List.of())).isEqualTo(of(List.of())).isNotEqualTo(of(List.of(nulls)));
  }
}
