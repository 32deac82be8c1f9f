package org.pharos.schemas;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A record class as a Beam schema, with the way from record to Row and back. Everything is bound
 * once: a conversion calls the accessors and the constructor like any other code would.
 *
 * <p>Safe for use by many threads.
 */
public final class RecordShape<R extends Record> {

  /** A component, its field, and what reads it. */
  record Component(
      String name, String where, Class<?> type, Mapping mapping, Function<Object, Object> reader) {}

  private static final class Binding {
    private final Schema schema;
    private final int[] positions;

    Binding(Schema schema, int[] positions) {
      this.schema = schema;
      this.positions = positions;
    }
  }

  private static final ClassValue<RecordShape<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordShape<?> computeValue(Class<?> type) {
          return build(type.asSubclass(Record.class), List.of());
        }
      };

  private final Class<R> type;
  private final Component[] components;
  private final Schema schema;
  private final Function<Object[], Object> constructor;

  // Rows of one schema follow each other: the last one's positions are nearly always right.
  private volatile Binding lastBinding;

  private RecordShape(Class<R> type, List<Class<?>> enclosing) {
    this.type = type;
    List<Class<?>> inside = new ArrayList<>(enclosing);
    inside.add(type);
    RecordBinder binder = new RecordBinder(type);
    this.components =
        Arrays.stream(type.getRecordComponents())
            .map(component -> component(component, inside, binder))
            .toArray(Component[]::new);
    checkNames();
    this.constructor = binder.constructor();
    Schema.Builder fields = Schema.builder();
    for (Component component : components) {
      fields.addField(
          Field.of(component.name, component.mapping.fieldType())
              .withNullable(!component.type.isPrimitive()));
    }
    this.schema = fields.build();
    // Coders are generated once for a schema's id: all coders of a record share theirs. The
    // schema's
    // own text does not tell the dimensions of vectors, which the columns' types do.
    List<?> columns = Arrays.stream(components).map(each -> each.mapping.cqlType()).toList();
    String content = type.getName() + schema + columns;
    schema.setUUID(UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)));
    this.lastBinding = new Binding(schema, identity(components.length));
  }

  /**
   * The shape of a record class.
   *
   * @throws IllegalArgumentException if a component has no mapping, naming record and component
   */
  @SuppressWarnings("unchecked") // computed from this very class
  public static <R extends Record> RecordShape<R> of(Class<R> type) {
    return (RecordShape<R>) KNOWN.get(type);
  }

  static <R extends Record> RecordShape<R> build(Class<R> type, List<Class<?>> enclosing) {
    return new RecordShape<>(type, enclosing);
  }

  public Class<R> type() {
    return type;
  }

  /**
   * A field for each component, named in snake_case. Components of a primitive type are not
   * nullable, all others are; elements of collections never are.
   */
  public Schema schema() {
    return schema;
  }

  List<Component> components() {
    return List.of(components);
  }

  /** The record as a user type that is not frozen; absent if a vector's dimension is unknown. */
  Optional<CqlType.UserType> userType() {
    List<CqlType.UserType.Field> fields = new ArrayList<>();
    for (Component component : components) {
      Optional<CqlType> field = component.mapping.cqlType();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new CqlType.UserType.Field(component.name, field.get()));
    }
    return Optional.of(new CqlType.UserType(SnakeCase.of(type.getSimpleName()), fields, false));
  }

  /** The record as a Row of {@link #schema()}; mutable parts such as lists are shared with it. */
  public Row toRow(R value) {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Component component = components[i];
      Object each = component.reader.apply(value);
      Function<Object, Object> toRow = component.mapping.toRow();
      values[i] = each == null || toRow == null ? each : toRow.apply(each);
    }
    return Row.withSchema(schema).attachValues(Arrays.asList(values));
  }

  /**
   * The record of a Row that has a field for each component, in any order and with any others.
   *
   * @throws IllegalArgumentException if a field is missing, null for a primitive component, or of
   *     another type, naming record and component; or what the record's constructor throws
   */
  public R fromRow(Row row) {
    int[] positions = positions(row.getSchema());
    Object[] values = new Object[positions.length];
    for (int i = 0; i < positions.length; i++) {
      values[i] = value(components[i], row.getValue(positions[i]));
    }
    return type.cast(constructor.apply(values));
  }

  private static @Nullable Object value(Component component, @Nullable Object value) {
    if (value == null) {
      if (component.type.isPrimitive()) {
        throw new IllegalArgumentException(
            component.where + " is a " + component.type + " and cannot be null: use its box");
      }
      return null;
    }
    Function<Object, Object> fromRow = component.mapping.fromRow();
    return fromRow == null ? value : fromRow.apply(value);
  }

  @SuppressWarnings("ReferenceEquality") // the rows of one coder share their schema
  private int[] positions(Schema rowSchema) {
    Binding binding = lastBinding;
    if (binding.schema != rowSchema) {
      int[] positions = new int[components.length];
      for (int i = 0; i < positions.length; i++) {
        if (!rowSchema.hasField(components[i].name)) {
          throw new IllegalArgumentException(
              components[i].where
                  + " needs the field "
                  + components[i].name
                  + ", but the row has "
                  + rowSchema.getFieldNames());
        }
        positions[i] = rowSchema.indexOf(components[i].name);
      }
      binding = new Binding(rowSchema, positions);
      lastBinding = binding;
    }
    return binding.positions;
  }

  private static Component component(
      RecordComponent component, List<Class<?>> enclosing, RecordBinder binder) {
    String where = component.getDeclaringRecord().getName() + '.' + component.getName();
    return new Component(
        SnakeCase.of(component.getName()),
        where,
        component.getType(),
        Mapping.of(component.getAnnotatedType(), where, enclosing),
        binder.reader(component));
  }

  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (Component component : components) {
      if (!names.add(component.name)) {
        throw new IllegalArgumentException(
            type.getName() + " has two components named " + component.name + " in snake_case");
      }
    }
  }

  private static int[] identity(int size) {
    int[] positions = new int[size];
    Arrays.setAll(positions, i -> i);
    return positions;
  }
}
