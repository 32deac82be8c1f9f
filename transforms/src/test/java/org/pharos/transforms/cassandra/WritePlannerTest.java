package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.WriteSettings.Verb;

/** The texts of statements, and the order of their values. */
class WritePlannerTest {
  private static final Table TABLE =
      Table.named("Shop", "sales")
          .partitionKey("store", CqlType.INT)
          .partitionKey("Day", CqlType.TIMESTAMP)
          .clusteringKey("at", CqlType.TIMESTAMP)
          .staticColumn("owner", CqlType.TEXT)
          .column("order", CqlType.TEXT)
          .column("tags", CqlType.list(CqlType.TEXT))
          .bucketedBy(Bucket.byTime("Day", "at", Duration.standardDays(1)))
          .build();
  private static final Schema FIELDS = TABLE.rowSchema(List.of("at", "order", "store", "owner"));

  private static WriteStatement statement(Schema schema, WriteSettings settings) {
    WriteStatement statement = WritePlanner.of(TABLE, schema, settings).row();
    assertThat(statement).isNotNull();
    return statement;
  }

  @Test
  void an_insert_has_the_key_first_and_a_part_for_static_columns() {
    WritePlan plan = WritePlanner.of(TABLE, FIELDS, new WriteSettings(Verb.INSERT));
    WriteStatement row = statement(FIELDS, new WriteSettings(Verb.INSERT));
    assertThat(row.cql())
        .isEqualTo(
            "INSERT INTO \"Shop\".sales (store, \"Day\", at, \"order\", owner) VALUES (?, ?, ?, ?,"
                + " ?) USING TIMESTAMP ?");
    assertThat(row.slots()).extracting(Slot::field).containsExactly(2, -1, 0, 1, 3, -1);
    assertThat(row.partition()).containsExactly(0, 1);
    assertThat(plan.staticPart()).isNotNull();
    assertThat(plan.staticPart().cql())
        .isEqualTo(
            "INSERT INTO \"Shop\".sales (store, \"Day\", owner) VALUES (?, ?, ?) USING TIMESTAMP"
                + " ?");
    assertThat(plan.repeatable()).isTrue();
  }

  @Test
  void an_update_has_its_timestamp_first() {
    WriteSettings settings =
        new WriteSettings(Verb.UPDATE)
            .with(
                change -> {
                  change.timeToLiveSeconds = 60;
                  change.changes.put("tags", Change.PREPEND);
                });
    Schema fields = TABLE.rowSchema(List.of("store", "at", "tags", "order"));
    WriteStatement row = statement(fields, settings);
    assertThat(row.cql())
        .isEqualTo(
            "UPDATE \"Shop\".sales USING TIMESTAMP ? AND TTL ? SET tags = ? + tags, \"order\" = ?"
                + " WHERE store = ? AND \"Day\" = ? AND at = ?");
    assertThat(row.partition()).containsExactly(4, 5);
    assertThat(WritePlanner.of(TABLE, fields, settings).repeatable()).isFalse();
  }

  @Test
  void a_condition_takes_the_place_of_the_timestamp() {
    WriteSettings settings =
        new WriteSettings(Verb.UPDATE)
            .with(
                change -> {
                  change.condition = WriteSettings.Condition.IF_MATCHES;
                  change.matches.put("order", "was");
                });
    Schema fields =
        Schema.builder()
            .addFields(TABLE.rowSchema(List.of("store", "at", "order")).getFields())
            .addStringField("was")
            .build();
    assertThat(statement(fields, settings).cql())
        .isEqualTo(
            "UPDATE \"Shop\".sales SET \"order\" = ? WHERE store = ? AND \"Day\" = ? AND at = ? IF"
                + " \"order\" = ?");
    assertThat(WritePlanner.of(TABLE, fields, settings).currentColumns())
        .containsExactly("store", "Day", "at", "order");
  }

  @Test
  void a_deletion_names_its_extent() {
    WriteSettings range =
        new WriteSettings(Verb.DELETE)
            .with(
                change ->
                    change.scope =
                        new DeleteScope(DeleteScope.Extent.RANGE, List.of(), "at", "from", "to"));
    Schema fields =
        Schema.builder()
            .addInt32Field("store")
            .addDateTimeField("Day")
            .addDateTimeField("from")
            .addDateTimeField("to")
            .build();
    assertThat(statement(fields, range).cql())
        .isEqualTo(
            "DELETE FROM \"Shop\".sales USING TIMESTAMP ? WHERE store = ? AND \"Day\" = ? AND at"
                + " >= ? AND at < ?");
    WriteSettings columns =
        new WriteSettings(Verb.DELETE)
            .with(
                change ->
                    change.scope =
                        new DeleteScope(
                            DeleteScope.Extent.ROW, List.of("order", "tags"), "", "", ""));
    assertThat(statement(FIELDS, columns).cql())
        .isEqualTo(
            "DELETE \"order\", tags FROM \"Shop\".sales USING TIMESTAMP ? WHERE store = ? AND"
                + " \"Day\" = ? AND at = ?");
  }
}
