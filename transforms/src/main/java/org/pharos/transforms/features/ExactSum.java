package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of doubles as if added without rounding and rounded once at the end: the same in every
 * order and for every split, which a plain sum of doubles is not. After Shewchuk (1997), as
 * Python's {@code math.fsum}: a few doubles that do not overlap hold the exact sum.
 */
final class ExactSum {

  /** Beyond this, adding could overflow though the whole sum does not. */
  private static final double HUGE = 0x1p1000;

  private double[] partials = new double[4];
  private int size;
  private BigDecimal huge = BigDecimal.ZERO;
  private double infinite; // the sum of what is no number: infinities and NaN

  void add(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      infinite += value;
    } else if (Math.abs(value) >= HUGE) {
      huge = huge.add(new BigDecimal(value));
    } else if (value != 0) {
      addPartial(value);
    }
  }

  /**
   * Adds the exact product of two numbers; one beyond the range of doubles counts as infinite, and
   * what a product below 1e-292 loses is lost.
   */
  void addProduct(double left, double right) {
    double product = left * right;
    add(product);
    if (!Double.isInfinite(product)) {
      // What rounding the product has lost, which a fused multiplication tells exactly.
      add(Math.fma(left, right, -product));
    }
  }

  private void addPartial(double value) {
    double carry = value;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double other = partials[i];
      double sum = carry + other;
      double more = Math.abs(carry) < Math.abs(other) ? other : carry;
      double less = Math.abs(carry) < Math.abs(other) ? carry : other;
      double rounded = less - (sum - more);
      if (rounded != 0) {
        partials[kept++] = rounded;
      }
      carry = sum;
    }
    size = kept;
    if (Math.abs(carry) >= HUGE) {
      huge = huge.add(new BigDecimal(carry));
    } else if (carry != 0) {
      if (size == partials.length) {
        partials = Arrays.copyOf(partials, 2 * size);
      }
      partials[size++] = carry;
    }
  }

  void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      add(other.partials[i]);
    }
    huge = huge.add(other.huge);
    infinite += other.infinite;
  }

  /** The double nearest to the exact sum; infinite when that is out of range. */
  double value() {
    if (infinite != 0) { // also NaN
      return infinite;
    }
    if (size == 0 && huge.signum() == 0) {
      return 0;
    }
    if (size == 1 && huge.signum() == 0) {
      return partials[0];
    }
    return exact().doubleValue();
  }

  /** The exact sum of what is finite. */
  BigDecimal exact() {
    BigDecimal exact = huge;
    for (int i = 0; i < size; i++) {
      exact = exact.add(new BigDecimal(partials[i]));
    }
    return exact;
  }

  /** Doubles whose exact sum is this one. */
  List<Double> parts() {
    List<Double> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(partials[i]);
    }
    BigDecimal rest = huge;
    while (rest.signum() != 0) {
      double part = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, rest.doubleValue()));
      parts.add(part);
      rest = rest.subtract(new BigDecimal(part));
    }
    if (infinite != 0) {
      parts.add(infinite);
    }
    return parts;
  }
}
