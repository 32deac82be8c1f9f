package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers there were, and some exact sums of them: what statistics of least squares are
 * made of. It is stored as an array of doubles: the count, how many parts each sum has, the parts.
 */
final class Moments {

  private final List<ExactSum> sums;
  private long count;

  Moments(int sums) {
    this.sums = IntStream.range(0, sums).mapToObj(i -> new ExactSum()).toList();
  }

  long count() {
    return count;
  }

  void increment() {
    count++;
  }

  ExactSum sum(int index) {
    return sums.get(index);
  }

  BigDecimal exact(int index) {
    return sums.get(index).exact();
  }

  boolean isFinite() {
    return sums.stream().allMatch(sum -> Double.isFinite(sum.value()));
  }

  Moments add(Moments other) {
    count += other.count;
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).add(other.sums.get(i));
    }
    return this;
  }

  /** Null when there was no number. */
  @Nullable List<Double> store() {
    if (count == 0) {
      return null;
    }
    List<Double> stored = new ArrayList<>();
    List<Double> parts = new ArrayList<>();
    stored.add((double) count);
    for (ExactSum sum : sums) {
      List<Double> more = sum.parts();
      stored.add((double) more.size());
      parts.addAll(more);
    }
    stored.addAll(parts);
    return stored;
  }

  static Moments restore(int sums, @Nullable Object stored) {
    Moments moments = new Moments(sums);
    if (stored != null) {
      List<Double> values = new ArrayList<>();
      ((Collection<?>) stored).forEach(value -> values.add((Double) value));
      moments.count = values.get(0).longValue();
      Iterator<Double> parts = values.subList(1 + sums, values.size()).iterator();
      for (int i = 0; i < sums; i++) {
        for (int left = values.get(1 + i).intValue(); left > 0; left--) {
          moments.sum(i).add(parts.next());
        }
      }
    }
    return moments;
  }
}
