package org.pharos.pipelines.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.json.JsonRows;

/**
 * A record in Avro's binary form, bare: without the header of a file or of a schema registry. All
 * messages are of one schema. Dates, times, timestamps, decimals and UUIDs are understood.
 */
final class AvroFormat implements MessageFormat {
  private static final long serialVersionUID = 1L;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String schema;
  private transient @Nullable GenericDatumReader<GenericRecord> reader;
  private transient @Nullable BinaryDecoder decoder;

  /**
   * Records of a schema.
   *
   * @param file where the schema comes from, for the message
   * @param schema a record's schema, as JSON
   * @throws BadOption if it is none
   */
  AvroFormat(String file, String schema) {
    try {
      if (new Schema.Parser().parse(schema).getType() != Schema.Type.RECORD) {
        throw new BadOption("avroSchemaFile", file, "is not the schema of a record");
      }
    } catch (AvroRuntimeException e) {
      throw new BadOption("avroSchemaFile", file, "is no Avro schema: " + e.getMessage());
    }
    this.schema = schema;
  }

  @Override
  public ObjectNode object(byte[] value) throws IOException {
    BinaryDecoder bytes = DecoderFactory.get().binaryDecoder(value, decoder);
    decoder = bytes;
    ObjectNode object;
    try {
      object = object(reader().read(null, bytes));
    } catch (IOException | RuntimeException e) {
      // Avro throws whatever its decoding runs into: a length beyond the array, say.
      throw new IOException("the value is no Avro record of the schema", e);
    }
    if (!bytes.isEnd()) {
      throw new IOException("the value goes on after an Avro record of the schema");
    }
    return JsonRows.inAnyCase(object);
  }

  private GenericDatumReader<GenericRecord> reader() {
    GenericDatumReader<GenericRecord> made = reader;
    if (made == null) {
      Schema parsed = new Schema.Parser().parse(schema);
      made = new GenericDatumReader<>(parsed, parsed, logicalTypes());
      reader = made;
    }
    return made;
  }

  private static GenericData logicalTypes() {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    data.addLogicalTypeConversion(new Conversions.UUIDConversion());
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    return data;
  }

  private static ObjectNode object(GenericRecord record) {
    ObjectNode object = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), node(record.get(field.pos())));
    }
    return object;
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof GenericRecord record) {
      return object(record);
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((key, member) -> object.set(String.valueOf(key), node(member)));
      return object;
    } else if (value instanceof Collection<?> members) {
      ArrayNode array = JSON.arrayNode();
      members.forEach(member -> array.add(node(member)));
      return array;
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return JSON.binaryNode(copy);
    } else if (value instanceof GenericFixed fixed) {
      return JSON.binaryNode(fixed.bytes());
    } else if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    } else if (value instanceof Integer number) {
      return JSON.numberNode(number);
    } else if (value instanceof Long number) {
      return JSON.numberNode(number);
    } else if (value instanceof Float number) {
      return JSON.numberNode(number);
    } else if (value instanceof Double number) {
      return JSON.numberNode(number);
    } else if (value instanceof BigDecimal number) {
      return JSON.numberNode(number);
    }
    // Strings, symbols, and what has a text of its own: dates, times, UUIDs.
    return JSON.textNode(value.toString());
  }
}
