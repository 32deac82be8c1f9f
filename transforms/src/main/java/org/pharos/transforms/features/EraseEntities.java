package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * Rows of entities in; all that tables hold of them is deleted, and a receipt for each entity and
 * table out. For a person's right to be forgotten.
 *
 * <pre>{@code
 * PCollection<Row> receipts =
 *     customers.apply(
 *         EraseEntities.by("customer_id")
 *             .from("shop", spending)
 *             .from(EVENTS)
 *             .at(connection));
 * }</pre>
 *
 * <p>A receipt has the fields of the entity, {@code table} (with its keyspace), {@code rows_found},
 * {@code rows_left} and {@code erased_at}, the time at which it was looked again; see {@link
 * #receipts}. Rows are counted before the deletion and read again after it, so {@code rows_left} is
 * 0 unless someone has written since, or a row's write timestamp lies in the future. Both count a
 * table's rows at LOCAL_QUORUM. A partition is deleted as of the time of the deletion: what is
 * online and is written again with an earlier event time, by a stream that is late or a replay,
 * stays deleted until gc_grace_seconds are over; the history and other tables take such a row
 * again, so stop what writes them, or erase once more.
 *
 * <p>Entities that are equal are erased once; a null in one fails the job. Repeating it is safe,
 * and gives receipts of no rows; so does a job that is restarted after it has deleted: {@code
 * rows_left} is right in any case, {@code rows_found} tells of what the last attempt found. A table
 * whose partitions are parted by bucket as well is read whole, once, to find the entities' buckets.
 * Bounded input, in the global window.
 */
public final class EraseEntities extends PTransform<PCollection<Row>, PCollection<Row>> {
  /** The counter, and the field of a receipt, of rows that are there after the deletion. */
  public static final String ROWS_LEFT = "rows_left";

  private static final long serialVersionUID = 1L;

  private final List<String> entity;
  private final List<Table> tables;
  private final @Nullable CassandraConnection connection;

  private EraseEntities(
      List<String> entity, List<Table> tables, @Nullable CassandraConnection connection) {
    this.entity = entity;
    this.tables = tables;
    this.connection = connection;
  }

  /**
   * Entities that these fields name.
   *
   * @throws IllegalArgumentException if there is none, or one twice
   */
  public static EraseEntities by(String... fields) {
    List<String> entity = List.of(fields);
    if (entity.isEmpty() || new HashSet<>(entity).size() < entity.size()) {
      throw new IllegalArgumentException(
          "an entity has one field or more, each once, not " + entity);
    }
    return new EraseEntities(entity, List.of(), null);
  }

  /**
   * Erases from a table, whose partition key is the fields of the entity, in any order, and
   * possibly buckets. At least one table is required.
   *
   * @throws IllegalArgumentException if its partition key is another
   */
  public EraseEntities from(Table table) {
    List<String> keys = table.partitionKey().stream().map(Column::name).toList();
    Set<String> others = new HashSet<>(keys);
    entity.forEach(others::remove);
    table.bucket().ifPresent(bucket -> others.remove(bucket.column()));
    if (!others.isEmpty() || !keys.containsAll(entity)) {
      throw new IllegalArgumentException(
          table + " is not kept by " + entity + ", but by " + keys + ": erase from it by itself");
    }
    List<Table> more = new ArrayList<>(tables);
    more.add(table);
    return new EraseEntities(entity, more, connection);
  }

  /**
   * Erases from the history of a view and from what is served of it.
   *
   * @throws IllegalArgumentException if it is of another entity
   */
  public EraseEntities from(String keyspace, FeatureView view) {
    return from(FeatureTables.history(keyspace, view)).from(FeatureTables.online(keyspace, view));
  }

  /** Where the tables are. Required. */
  public EraseEntities at(CassandraConnection cluster) {
    return new EraseEntities(entity, tables, Objects.requireNonNull(cluster, "cluster"));
  }

  /**
   * The schema of receipts for rows of a schema.
   *
   * @throws IllegalArgumentException if the rows lack a field of the entity
   */
  public Schema receipts(Schema rows) {
    return Schema.builder()
        .addFields(entities(rows).getFields())
        .addStringField(EraseFromTable.TABLE)
        .addInt64Field(EraseFromTable.ROWS_FOUND)
        .addInt64Field(ROWS_LEFT)
        .addDateTimeField(EraseFromTable.ERASED_AT)
        .build();
  }

  private Schema entities(Schema rows) {
    Schema.Builder schema = Schema.builder();
    for (String field : entity) {
      if (!rows.hasField(field)) {
        throw new IllegalArgumentException(
            "the rows of entities have no field " + field + ", only " + rows.getFieldNames());
      }
      schema.addField(Field.of(field, rows.getField(field).getType().withNullable(false)));
    }
    return schema.build();
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> rows) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("nothing is erased: add tables by from(...)");
    }
    CassandraConnection cluster = connection;
    if (cluster == null) {
      throw new IllegalArgumentException("say where the tables are: at(connection)");
    }
    Schema receipts = receipts(rows.getSchema());
    Schema entities = entities(rows.getSchema());
    List<String> fields = entity;
    PCollection<Row> distinct =
        rows.apply(
                "Name entities",
                MapElements.into(TypeDescriptors.rows()).via(row -> named(row, entities, fields)))
            .setRowSchema(entities)
            .apply("Name each once", Distinct.create());
    PCollectionList<Row> all = PCollectionList.empty(rows.getPipeline());
    for (Table table : tables) {
      all =
          all.and(
              distinct.apply(
                  "Erase from " + table.name(), new EraseFromTable(table, cluster, receipts)));
    }
    return all.apply("Receipts", Flatten.pCollections()).setRowSchema(receipts);
  }

  private static Row named(Row row, Schema schema, List<String> fields) {
    List<Object> values = new ArrayList<>(fields.size());
    for (String field : fields) {
      Object value = row.getValue(field);
      if (value == null) {
        throw new IllegalArgumentException(
            "an entity has no " + field + ": nothing can be erased of it");
      }
      values.add(value);
    }
    return Row.withSchema(schema).attachValues(values);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("entity", entity.toString()).withLabel("Entity"))
        .add(
            DisplayData.item(
                    "tables", tables.stream().map(Table::qualifiedName).toList().toString())
                .withLabel("Tables"));
  }
}
