package org.pharos.pipelines.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class CanonicalRowTest {
  @Test
  void writes_cells_in_the_order_of_names_and_leaves_nulls_out() {
    Schema schema =
        Schema.builder()
            .addInt32Field("n")
            .addNullableField("gone", Schema.FieldType.STRING)
            .addStringField("a")
            .addDecimalField("d")
            .addDateTimeField("t")
            .addBooleanField("b")
            .addByteArrayField("bytes")
            .build();
    Row row =
        Row.withSchema(schema)
            .addValues(
                7,
                null,
                "x=1:y",
                new BigDecimal("1.5000"),
                Instant.parse("1997-01-02T00:00:00Z"),
                true,
                new byte[] {1, -1})
            .build();

    assertThat(CanonicalRow.of(row))
        .isEqualTo("a=5:x=1:yb=4:truebytes=4:01ffd=6:1.5000n=1:7t=24:1997-01-02T00:00:00.000Z");
  }

  @Test
  void keeps_lists_in_order_and_sorts_sets_and_maps() {
    Schema schema =
        Schema.builder()
            .addArrayField("list", Schema.FieldType.STRING)
            .addIterableField("set", Schema.FieldType.INT32)
            .addMapField("map", Schema.FieldType.STRING, Schema.FieldType.INT32)
            .build();
    Row row =
        Row.withSchema(schema)
            .addValues(Arrays.asList("b", "a"), List.of(2, 1), Map.of("k", 1, "j", 2))
            .build();

    assertThat(CanonicalRow.of(row))
        .isEqualTo("list=8:[1:b1:a]map=22:[8:[1:j1:2]8:[1:k1:1]]set=8:[1:11:2]");
  }

  @Test
  void texts_added_by_hand_make_the_same_row() {
    Schema schema = Schema.builder().addInt32Field("n").addStringField("a").build();

    assertThat(new CanonicalRow().add("n", "7").add("a", "x").add("gone", null).text())
        .isEqualTo(CanonicalRow.of(Row.withSchema(schema).addValues(7, "x").build()));
  }
}
