package org.pharos.transforms.features.fit;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * An aggregation of the elements of lists or sets, or of the keys of maps, as if each were a value
 * of the column.
 *
 * @param elements what is computed of them
 * @param once whether elements of one list that are equal count once
 */
record EachElement(Aggregation elements, boolean once) implements Aggregation {

  static EachElement every(Aggregation elements) {
    return new EachElement(elements, false);
  }

  static EachElement different(Aggregation elements) {
    return new EachElement(elements, true);
  }

  @Override
  public Optional<String> field() {
    return elements.field();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    FieldType key = values.getMapKeyType();
    FieldType element = key == null ? values.getCollectionElementType() : key;
    if (element == null) {
      throw new IllegalArgumentException(
          this + " needs lists, sets or maps, but the field is " + values.getTypeName());
    }
    return of(elements.over(element.withNullable(true)), once);
  }

  private static <S> Aggregator<S> of(Aggregator<S> aggregator, boolean once) {
    return new Elements<>(aggregator, once);
  }

  @Override
  public String toString() {
    return elements.toString();
  }

  private record Elements<S>(Aggregator<S> each, boolean once) implements Aggregator<S> {

    @Override
    public FieldType resultType() {
      return each.resultType();
    }

    @Override
    public FieldType stateType() {
      return each.stateType();
    }

    @Override
    public S prepare() {
      return each.prepare();
    }

    @Override
    public S update(S state, Object value, Instant at) {
      S updated = state;
      Iterable<?> elements = value instanceof Map<?, ?> map ? map.keySet() : (Iterable<?>) value;
      for (Object element : once ? different(elements) : elements) {
        updated = element == null ? updated : each.update(updated, element, at);
      }
      return updated;
    }

    private static Set<@Nullable Object> different(Iterable<?> elements) {
      Set<@Nullable Object> different = new HashSet<>();
      elements.forEach(different::add);
      return different;
    }

    @Override
    public S merge(S left, S right) {
      return each.merge(left, right);
    }

    @Override
    public @Nullable Object finish(S state, Instant asOf) {
      return each.finish(state, asOf);
    }

    @Override
    public @Nullable Object store(S state) {
      return each.store(state);
    }

    @Override
    public S restore(@Nullable Object stored) {
      return each.restore(stored);
    }
  }
}
