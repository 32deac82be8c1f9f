package org.pharos.benchmarks.harness;

import java.util.Arrays;

/** The middle of some numbers, and how far they lie apart; NaN for none. */
record Spread(double least, double median, double most) {

  static Spread of(double... numbers) {
    if (numbers.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
