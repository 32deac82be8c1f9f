package org.pharos.transforms.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class RejectionTest {
  private static final Rejection REJECTION =
      new Rejection("WriteTable shop.sales", Reason.KEY, "column day | of the key\nis null");

  @Test
  void is_read_back_from_the_bad_record() {
    BadRecord bad =
        REJECTION.badRecord("element", StringUtf8Coder.of(), new IllegalStateException("why"));
    assertThat(Rejection.of(bad)).isEqualTo(REJECTION);
    assertThat(bad.getRecord().getHumanReadableJsonRecord()).isEqualTo("\"element\"");
    assertThat(bad.getFailure().getException()).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(bad.getFailure().getExceptionStacktrace()).contains("RejectionTest");
  }

  @Test
  void carries_the_row_encoded_and_readable() throws IOException {
    Schema inner = Schema.builder().addNullableField("x", FieldType.INT32).build();
    Schema schema =
        Schema.builder()
            .addStringField("text")
            .addDoubleField("number")
            .addByteArrayField("bytes")
            .addArrayField("list", FieldType.STRING.withNullable(true))
            .addMapField("map", FieldType.INT32, FieldType.BOOLEAN)
            .addRowField("row", inner)
            .build();
    Row row =
        Row.withSchema(schema)
            .addValues(
                "say \"hi\"\n",
                Double.NaN,
                new byte[] {1, 2, 3},
                Arrays.asList("a", null),
                Map.of(1, true),
                Row.withSchema(inner).addValue(null).build())
            .build();
    BadRecord bad = REJECTION.badRecord(row, new IllegalStateException());
    assertThat(bad.getRecord().getHumanReadableJsonRecord())
        .isEqualTo(
            "{\"text\":\"say \\\"hi\\\"\\u000a\",\"number\":\"NaN\",\"bytes\":\"AQID\","
                + "\"list\":[\"a\",null],\"map\":{\"1\":true},\"row\":{\"x\":null}}");
    byte[] encoded = bad.getRecord().getEncodedRecord();
    assertThat(RowCoder.of(schema).decode(new ByteArrayInputStream(encoded))).isEqualTo(row);
  }

  @Test
  void the_description_of_somebody_else_is_refused() {
    BadRecord other =
        BadRecord.builder()
            .setRecord(BadRecord.Record.builder().setHumanReadableJsonRecord("{}").build())
            .setFailure(
                BadRecord.Failure.builder().setException("e").setDescription("no form").build())
            .build();
    assertThatThrownBy(() -> Rejection.of(other)).hasMessageContaining("no form");
  }
}
