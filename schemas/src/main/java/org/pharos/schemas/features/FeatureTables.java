package org.pharos.schemas.features;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** The tables that feature rows are kept in. */
public final class FeatureTables {

  /** The column of versions, in {@link #fitted} and {@link #registry}. */
  public static final String VERSION = "version";

  /** The column of a table of {@link #fitted} that says when that was. */
  public static final String FITTED_AT = "fitted_at";

  private FeatureTables() {}

  /**
   * Feature rows as of many times: one partition an entity, the newest row first, so that reading
   * one row of an entity reads its latest features. What is written again for the same entity and
   * time replaces the row.
   *
   * @param rows the schema of the feature rows; each field becomes a column of its type
   * @param entity the fields that say whose features they are: the partition key
   * @param asOf the field that says at which time they are stated: the clustering key
   * @throws IllegalArgumentException when a field is missing, or no column can have its type
   */
  public static Table history(
      String keyspace, String name, Schema rows, List<String> entity, String asOf) {
    TableBuilder table = Table.named(keyspace, name);
    for (String field : entity) {
      table.partitionKey(field, column(rows.getField(field)));
    }
    table.clusteringKey(asOf, column(rows.getField(asOf)), Order.DESCENDING);
    for (Field field : rows.getFields()) {
      if (!entity.contains(field.getName()) && !field.getName().equals(asOf)) {
        table.column(field.getName(), column(field));
      }
    }
    return table.build();
  }

  /**
   * The history of a view: an entity's rows, the newest first, of which each is there once for each
   * time it was known at. Named {@code NAME_vVERSION_history}.
   *
   * @throws IllegalArgumentException when no column can have the type of a field
   */
  public static Table history(String keyspace, FeatureView view) {
    TableBuilder table = Table.named(keyspace, view.qualifiedName() + "_history");
    keyedByEntity(table, view);
    view.bucket()
        .ifPresent(
            width ->
                table
                    .partitionKey(FeatureView.BUCKET, CqlType.TIMESTAMP)
                    .bucketedBy(Bucket.byTime(FeatureView.BUCKET, view.eventTime(), width)));
    table
        .clusteringKey(view.eventTime(), CqlType.TIMESTAMP, Order.DESCENDING)
        .clusteringKey(FeatureView.KNOWN_AT, CqlType.TIMESTAMP, Order.DESCENDING)
        .column(FeatureView.INGESTED_AT, CqlType.TIMESTAMP);
    view.features().forEach(feature -> table.column(feature.getName(), column(feature)));
    return table.build();
  }

  /**
   * What of a view is served: an entity's newest row. Named {@code NAME_vVERSION_online}.
   *
   * @throws IllegalArgumentException when no column can have the type of a field
   */
  public static Table online(String keyspace, FeatureView view) {
    TableBuilder table = Table.named(keyspace, view.qualifiedName() + "_online");
    keyedByEntity(table, view);
    table.column(view.eventTime(), CqlType.TIMESTAMP);
    view.features().forEach(feature -> table.column(feature.getName(), column(feature)));
    return table.build();
  }

  /**
   * What fits of a model learned: a row a version. Named {@code NAME_fitted}.
   *
   * @param learned the fields of what is learned; each becomes a column of its type
   * @throws IllegalArgumentException when no column can have the type of a field
   */
  public static Table fitted(String keyspace, String name, Schema learned) {
    TableBuilder table =
        Table.named(keyspace, name + "_fitted")
            .partitionKey(VERSION, CqlType.INT)
            .column(FITTED_AT, CqlType.TIMESTAMP);
    learned.getFields().forEach(field -> table.column(field.getName(), column(field)));
    return table.build();
  }

  /**
   * The registry of views, {@code feature_views}: of each version, the newest first, each time that
   * it was registered, by whom, and what was said of it.
   */
  public static Table registry(String keyspace) {
    return Table.named(keyspace, "feature_views")
        .partitionKey("name", CqlType.TEXT)
        .clusteringKey(VERSION, CqlType.INT, Order.DESCENDING)
        .clusteringKey("registered_at", CqlType.TIMESTAMP, Order.DESCENDING)
        .column("registered_by", CqlType.TEXT)
        .column("entity", CqlType.frozen(CqlType.list(CqlType.TEXT)))
        .column("event_time", CqlType.TEXT)
        .column("features", CqlType.frozen(CqlType.map(CqlType.TEXT, CqlType.TEXT)))
        .column("ttl_seconds", CqlType.BIGINT)
        .column("bucket_seconds", CqlType.BIGINT)
        .column("owner", CqlType.TEXT)
        .column("description", CqlType.TEXT)
        .column("tags", CqlType.frozen(CqlType.list(CqlType.TEXT)))
        .build();
  }

  /**
   * The features of a view, by name, and the types of their columns, as the registry tells them.
   */
  public static Map<String, String> featureTypes(FeatureView view) {
    Map<String, String> types = new TreeMap<>();
    view.features().forEach(field -> types.put(field.getName(), column(field).toString()));
    return types;
  }

  private static void keyedByEntity(TableBuilder table, FeatureView view) {
    for (String field : view.entity()) {
      table.partitionKey(field, column(view.rows().getField(field)));
    }
  }

  private static CqlType column(Field field) {
    try {
      return type(field.getType().withNullable(false));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field " + field.getName() + ": " + e.getMessage(), e);
    }
  }

  private static CqlType type(FieldType type) {
    FieldType element = type.getCollectionElementType();
    FieldType key = type.getMapKeyType();
    FieldType value = type.getMapValueType();
    if (key != null && value != null) {
      return CqlType.frozen(CqlType.map(type(key), type(value)));
    } else if (element != null) {
      CqlType of = type(element);
      return CqlType.frozen(
          type.getTypeName() == TypeName.ITERABLE ? CqlType.set(of) : CqlType.list(of));
    }
    return CqlType.natives().stream()
        .filter(column -> column != CqlType.ASCII && column != CqlType.COUNTER)
        .filter(column -> column.fieldType().equals(type))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no column type carries " + type.getTypeName()));
  }
}
