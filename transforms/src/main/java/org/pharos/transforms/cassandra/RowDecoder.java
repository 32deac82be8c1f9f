package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/** Turns the driver's rows into Beam Rows: the first columns of a row, by position. */
final class RowDecoder {

  private final Schema schema;
  private final ColumnCodec[] codecs;

  private RowDecoder(Schema schema, ColumnCodec[] codecs) {
    this.schema = schema;
    this.codecs = codecs;
  }

  /**
   * A decoder for rows whose first columns have these types.
   *
   * @param schema of the Rows to make, a field for each type
   */
  static RowDecoder of(Schema schema, List<CqlType> types) {
    if (schema.getFieldCount() != types.size()) {
      throw new IllegalArgumentException(
          types.size() + " columns for the fields " + schema.getFieldNames());
    }
    return new RowDecoder(schema, types.stream().map(ColumnCodec::of).toArray(ColumnCodec[]::new));
  }

  Schema schema() {
    return schema;
  }

  Row decode(com.datastax.oss.driver.api.core.cql.Row row) {
    return decode(row::getBytesUnsafe);
  }

  /**
   * The Row of these bytes.
   *
   * @param bytes of each column by its position, asked for once and in their order, null for null;
   *     buffers are left as they are
   */
  Row decode(IntFunction<@Nullable ByteBuffer> bytes) {
    @Nullable Object[] values = new @Nullable Object[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      values[i] = codecs[i].decode(bytes.apply(i));
    }
    return Row.withSchema(schema).attachValues(Arrays.asList(values));
  }
}
