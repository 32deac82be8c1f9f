package org.pharos.transforms.features.fit;

import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * An aggregation of the elements of lists or sets, as if each were a value of the column.
 *
 * @param elements what is computed of them
 */
record EachElement(Aggregation elements) implements Aggregation {

  @Override
  public Optional<String> field() {
    return elements.field();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    FieldType element = values.getCollectionElementType();
    if (element == null) {
      throw new IllegalArgumentException(
          this + " needs lists or sets, but the field is " + values.getTypeName());
    }
    return of(elements.over(element.withNullable(true)));
  }

  private static <S> Aggregator<S> of(Aggregator<S> aggregator) {
    return new Elements<>(aggregator);
  }

  @Override
  public String toString() {
    return elements.toString();
  }

  private record Elements<S>(Aggregator<S> each) implements Aggregator<S> {

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
      for (Object element : (Iterable<?>) value) {
        updated = element == null ? updated : each.update(updated, element, at);
      }
      return updated;
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
