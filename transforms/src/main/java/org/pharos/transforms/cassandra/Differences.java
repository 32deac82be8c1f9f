package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/** Says in Beam Rows how rows of a table differ from those of another. */
final class Differences {

  /** What is wrong with a row. */
  enum Kind {
    DIFFERS("differs"),
    MISSING_LEFT("missing left"),
    MISSING_RIGHT("missing right");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final Schema schema;
  private final Schema keySchema;
  private final List<ColumnCodec> key;

  Differences(Table table) {
    this.schema = schema(table);
    this.keySchema = keySchema(table);
    this.key = table.primaryKey().stream().map(column -> ColumnCodec.of(column.type())).toList();
  }

  /** The schema of a difference between rows with the key of this table. */
  static Schema schema(Table table) {
    return Schema.builder()
        .addStringField("kind")
        .addRowField("key", keySchema(table))
        .addArrayField("columns", FieldType.STRING)
        .build();
  }

  private static Schema keySchema(Table table) {
    Schema.Builder key = Schema.builder();
    for (Column column : table.primaryKey()) {
      key.addField(
          Schema.Field.of(column.name(), column.type().fieldType())
              .withNullable(column.kind() == Column.Kind.CLUSTERING));
    }
    return key.build();
  }

  /**
   * A difference.
   *
   * @param row begins with the primary key
   * @param keyColumns how many columns of the key to tell: for a partition, only its own
   */
  org.apache.beam.sdk.values.Row of(Kind kind, Row row, int keyColumns, List<String> columns) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(i < keyColumns ? key.get(i).decode(row.getBytesUnsafe(i)) : null);
    }
    return org.apache.beam.sdk.values.Row.withSchema(schema)
        .attachValues(
            kind.text,
            org.apache.beam.sdk.values.Row.withSchema(keySchema).attachValues(values),
            columns);
  }
}
