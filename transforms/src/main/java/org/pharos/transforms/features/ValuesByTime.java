package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/**
 * {@link FirstValues} and {@link LastValues}: values by the time of their events, which is negated
 * where the last come first.
 */
record ValuesByTime(FieldType values, int length, boolean earliest)
    implements Aggregator<NavigableMap<Long, List<Object>>> {

  @Override
  public FieldType resultType() {
    return FieldType.array(values);
  }

  @Override
  public FieldType stateType() {
    return FieldType.map(FieldType.DATETIME, FieldType.array(values));
  }

  @Override
  public NavigableMap<Long, List<Object>> prepare() {
    return new TreeMap<>();
  }

  @Override
  public NavigableMap<Long, List<Object>> update(
      NavigableMap<Long, List<Object>> state, Object value, Instant at) {
    add(state, rank(at), List.of(Comparables.canonical(value)));
    return trimmed(state);
  }

  private long rank(ReadableInstant at) {
    return earliest ? at.getMillis() : -at.getMillis();
  }

  private static void add(NavigableMap<Long, List<Object>> state, long rank, Collection<?> values) {
    List<Object> all = state.computeIfAbsent(rank, none -> new ArrayList<>());
    all.addAll(values);
    all.sort(Comparables::compare);
  }

  /** Without the values that no result can have any more. */
  private NavigableMap<Long, List<Object>> trimmed(NavigableMap<Long, List<Object>> state) {
    int size = state.values().stream().mapToInt(List::size).sum();
    while (size > length) {
      List<Object> last = state.lastEntry().getValue();
      int kept = Math.max(0, last.size() - (size - length));
      size -= last.size() - kept;
      if (kept == 0) {
        state.pollLastEntry();
      } else {
        last.subList(kept, last.size()).clear();
      }
    }
    return state;
  }

  @Override
  public NavigableMap<Long, List<Object>> merge(
      NavigableMap<Long, List<Object>> left, NavigableMap<Long, List<Object>> right) {
    right.forEach((rank, values) -> add(left, rank, values));
    return trimmed(left);
  }

  @Override
  public Object finish(NavigableMap<Long, List<Object>> state, Instant asOf) {
    return state.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public Object store(NavigableMap<Long, List<Object>> state) {
    Map<Instant, List<Object>> stored = new TreeMap<>();
    state.forEach(
        (rank, values) -> stored.put(Instant.ofEpochMilli(earliest ? rank : -rank), values));
    return stored;
  }

  @Override
  public NavigableMap<Long, List<Object>> restore(@Nullable Object stored) {
    NavigableMap<Long, List<Object>> state = prepare();
    if (stored != null) {
      ((Map<?, ?>) stored)
          .forEach((at, values) -> add(state, rank((ReadableInstant) at), (Collection<?>) values));
    }
    return state;
  }
}
