package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/**
 * Rows that become wider by the features of views, where training rows and served rows agree: for
 * each view the time of the statement, then its features, nullable, all called {@code VIEW_FIELD}.
 * A view whose name was there before, in another version, is called by its name and version.
 */
final class JoinedRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<FeatureView> views;
  private final List<Map<String, Object>> defaults;

  private JoinedRows(List<FeatureView> views, List<Map<String, Object>> defaults) {
    this.views = views;
    this.defaults = defaults;
  }

  static JoinedRows none() {
    return new JoinedRows(List.of(), List.of());
  }

  List<FeatureView> views() {
    return views;
  }

  /**
   * One view more.
   *
   * @throws IllegalArgumentException if it is there already
   */
  JoinedRows and(FeatureView view) {
    if (views.stream().anyMatch(known -> known.qualifiedName().equals(view.qualifiedName()))) {
      throw new IllegalArgumentException("view " + view + " is joined twice");
    }
    List<FeatureView> more = new ArrayList<>(views);
    more.add(view);
    List<Map<String, Object>> same = new ArrayList<>(defaults);
    same.add(new LinkedHashMap<>());
    return new JoinedRows(more, same);
  }

  /**
   * A value for a feature that is null, or whose entity has none.
   *
   * @param column as it is called in the joined rows
   * @throws IllegalArgumentException if there is no such feature, or the value is not of its type
   */
  JoinedRows withDefault(String column, Object value) {
    List<Map<String, Object>> more = new ArrayList<>(defaults);
    for (int i = 0; i < views.size(); i++) {
      for (Field feature : views.get(i).features()) {
        if (column.equals(prefix(i) + feature.getName())) {
          checkType(column, feature.getType(), value);
          Map<String, Object> values = new LinkedHashMap<>(more.get(i));
          values.put(feature.getName(), value);
          more.set(i, values);
          return new JoinedRows(views, more);
        }
      }
    }
    throw new IllegalArgumentException(
        "a default for " + column + ": no feature is called so, only " + featureColumns());
  }

  private static void checkType(String column, FieldType type, Object value) {
    try {
      Row checked =
          Row.withSchema(Schema.builder().addField(column, type).build()).addValue(value).build();
      assert checked.getFieldCount() == 1;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the default of " + column + " must be " + Comparables.name(type) + ", not " + value, e);
    }
  }

  private List<String> featureColumns() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      for (Field feature : views.get(i).features()) {
        columns.add(prefix(i) + feature.getName());
      }
    }
    return columns;
  }

  private String prefix(int index) {
    FeatureView view = views.get(index);
    boolean taken =
        views.subList(0, index).stream().anyMatch(before -> before.name().equals(view.name()));
    return (taken ? view.qualifiedName() : view.name()) + "_";
  }

  /**
   * The schema of rows after the first so many views have been joined.
   *
   * @throws IllegalArgumentException if a field is there twice, or the rows lack an entity's field
   */
  Schema schema(Schema rows, int joined) {
    Schema.Builder schema = Schema.builder().addFields(rows.getFields());
    List<String> names = new ArrayList<>(rows.getFieldNames());
    for (int i = 0; i < joined; i++) {
      FeatureView view = views.get(i);
      List<Field> entity = view.entity().stream().map(view.rows()::getField).toList();
      ViewFit.check(view, entity, rows, "what is joined");
      List<Field> fields = new ArrayList<>();
      fields.add(view.rows().getField(view.eventTime()));
      fields.addAll(view.features());
      for (Field field : fields) {
        String name = prefix(i) + field.getName();
        if (names.contains(name)) {
          throw new IllegalArgumentException(
              "view " + view + ": the joined rows would have the field " + name + " twice");
        }
        names.add(name);
        schema.addNullableField(name, field.getType().withNullable(true));
      }
    }
    return schema.build();
  }

  /**
   * A row with what one more view says.
   *
   * @param joined the schema of the result
   * @param index which view
   * @param statement has the view's fields; null if none holds
   */
  Row join(Row row, Schema joined, int index, @Nullable Row statement) {
    List<@Nullable Object> values = new ArrayList<>(joined.getFieldCount());
    values.addAll(row.getValues());
    FeatureView view = views.get(index);
    values.add(statement == null ? null : statement.getValue(view.eventTime()));
    for (Field feature : view.features()) {
      Object value = statement == null ? null : statement.getValue(feature.getName());
      values.add(value == null ? defaults.get(index).get(feature.getName()) : value);
    }
    return Row.withSchema(joined).attachValues(values);
  }

  /** Whose features are asked for; null if a field of the entity is null. */
  static @Nullable Row entity(FeatureView view, Schema schema, Row row) {
    List<Object> key = new ArrayList<>(schema.getFieldCount());
    for (String field : view.entity()) {
      Object value = row.getValue(field);
      if (value == null) {
        return null;
      }
      key.add(value);
    }
    return Row.withSchema(schema).attachValues(key);
  }

  /** The entity alone, none of whose fields is null. */
  static Schema entitySchema(FeatureView view) {
    Schema.Builder schema = Schema.builder();
    for (String field : view.entity()) {
      schema.addField(view.rows().getField(field).withNullable(false));
    }
    return schema.build();
  }
}
