package org.pharos.transforms.features;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation as a plain algorithm whose states merge: the same in a batch, in a stream, in
 * tiles that are kept and merged later, and for a single entity without a pipeline.
 *
 * <p>Laws: {@link #merge} is associative and commutative, {@link #prepare} is its neutral element,
 * and values split over any number of merged states {@link #finish} as in one. So no result depends
 * on order, bundles or workers.
 *
 * @param <S> the state; it may be changed in place, so it has one owner
 */
public interface Aggregator<S> extends Serializable {

  /** The type of the result. Nullable where {@link #finish} may give null. */
  FieldType resultType();

  /** The type that a state is stored as: one that a column of a table can have. */
  FieldType stateType();

  /** The state of no values. */
  S prepare();

  /**
   * The state with one more value.
   *
   * @param value never null: an event whose field is null is not shown to the aggregation
   * @param at when the event happened
   */
  S update(S state, Object value, Instant at);

  /** The state of both; neither is used afterwards. */
  S merge(S left, S right);

  /**
   * The result, null when there is none. The state stays as it is.
   *
   * @param asOf the time at which the result is stated; no event is later
   */
  @Nullable Object finish(S state, Instant asOf);

  /**
   * The state as a value of {@link #stateType}, null only where that is nullable. It may be a view
   * of the state.
   */
  @Nullable Object store(S state);

  /** The state of a value that {@link #store} gave. */
  S restore(@Nullable Object stored);
}
