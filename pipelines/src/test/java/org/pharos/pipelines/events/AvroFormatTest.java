package org.pharos.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class AvroFormatTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Visit", "fields": [
        {"name": "Visitor", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "price", "type":
          {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 3}},
        {"name": "seconds", "type": ["null", "int"]},
        {"name": "raw", "type": "bytes"},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["WEB", "APP"]}},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "counts", "type": {"type": "map", "values": "long"}}]}
      """;

  private final MessageFormat format = new AvroFormat("visit.avsc", SCHEMA);

  private static byte[] visit() throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    GenericRecord visit = new GenericData.Record(schema);
    visit.put("Visitor", "ada");
    visit.put("at", 1_773_480_413_589_793L);
    visit.put("day", 20_526);
    visit.put("price", ByteBuffer.wrap(new BigDecimal("1.500").unscaledValue().toByteArray()));
    visit.put("seconds", null);
    visit.put("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    visit.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "APP"));
    visit.put("tags", List.of("a", "b"));
    visit.put("counts", Map.of("x", 3L));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(visit, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void a_record_is_an_object_with_the_forms_of_json() throws IOException {
    MessageFormat travelled = SerializableUtils.clone(format);

    var object = travelled.object(visit());

    assertThat(object.get("visitor").textValue()).isEqualTo("ada");
    assertThat(object.get("at").textValue()).isEqualTo("2026-03-14T09:26:53.589793Z");
    assertThat(object.get("day").textValue()).isEqualTo("2026-03-14");
    assertThat(object.get("price").decimalValue()).isEqualTo(new BigDecimal("1.500"));
    assertThat(object.get("seconds").isNull()).isTrue();
    assertThat(object.get("raw").binaryValue()).containsExactly(0, -1);
    assertThat(object.get("kind").textValue()).isEqualTo("APP");
    assertThat(object.get("tags")).hasToString("[\"a\",\"b\"]");
    assertThat(object.get("counts")).hasToString("{\"x\":3}");
    assertThat(travelled.object(visit())).isEqualTo(object);
  }

  @Test
  void bytes_of_another_kind_are_refused() throws IOException {
    byte[] whole = visit();

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> format.object(part))
          .isInstanceOf(IOException.class)
          .hasMessage("the value is no Avro record of the schema");
    }
    assertThatThrownBy(() -> format.object(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("the value goes on after an Avro record of the schema");
    assertThatThrownBy(() -> format.object("{\"visitor\":\"ada\"}".getBytes("UTF-8")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_schema_that_is_none_is_a_bad_option() {
    assertThatThrownBy(() -> new AvroFormat("a.avsc", "{"))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith("--avroSchemaFile=a.avsc: is no Avro schema");
    assertThatThrownBy(() -> new AvroFormat("a.avsc", "\"int\""))
        .isInstanceOf(BadOption.class)
        .hasMessage("--avroSchemaFile=a.avsc: is not the schema of a record");
  }
}
