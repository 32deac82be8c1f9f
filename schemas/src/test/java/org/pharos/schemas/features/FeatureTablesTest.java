package org.pharos.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.Table;

class FeatureTablesTest {

  private static final Schema ROWS =
      Schema.builder()
          .addStringField("tenant")
          .addInt64Field("customer_id")
          .addDateTimeField("as_of")
          .addInt64Field("purchases")
          .addNullableField("spend", FieldType.DECIMAL)
          .addNullableField("favourite", FieldType.STRING)
          .addNullableField("first_day", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("top", FieldType.array(FieldType.STRING))
          .addNullableField("counts", FieldType.map(FieldType.STRING, FieldType.INT64))
          .addNullableField(
              "seen", FieldType.iterable(FieldType.logicalType(new UuidLogicalType())))
          .build();

  @Test
  void features_lie_with_their_entity_the_newest_first() {
    Table table = FeatureTables.history("ks", "f", ROWS, List.of("tenant", "customer_id"), "as_of");
    assertThat(table.createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.f (
              tenant text,
              customer_id bigint,
              as_of timestamp,
              purchases bigint,
              spend decimal,
              favourite text,
              first_day date,
              top frozen<list<text>>,
              counts frozen<map<text, bigint>>,
              seen frozen<set<uuid>>,
              PRIMARY KEY ((tenant, customer_id), as_of)
            ) WITH CLUSTERING ORDER BY (as_of DESC)\
            """);
  }

  @Test
  void a_field_that_no_column_can_hold_is_refused_by_name() {
    Schema rows = Schema.builder().addFields(ROWS.getFields()).addRowField("x", ROWS).build();
    assertThatThrownBy(() -> FeatureTables.history("ks", "f", rows, List.of("tenant"), "as_of"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("field x: no column type carries ROW");
  }

  @Test
  void a_missing_field_is_refused_by_name() {
    assertThatThrownBy(() -> FeatureTables.history("ks", "f", ROWS, List.of("shop"), "as_of"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop");
  }
}
