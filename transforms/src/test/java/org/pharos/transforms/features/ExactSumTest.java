package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Test
  void small_numbers_survive_beside_large_ones() {
    assertThat(sum(List.of(1e100, 1.0, -1e100, 1e-100)).value()).isEqualTo(1.0);
    assertThat(sum(List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).value())
        .isEqualTo(1.0);
  }

  @Test
  void a_sum_that_fits_does_not_overflow_on_the_way() {
    assertThat(sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1.5)).value())
        .isEqualTo(Double.MAX_VALUE);
    assertThat(sum(List.of(1e308, 1e308)).value()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void infinities_and_not_a_number_add_as_doubles_do() {
    assertThat(sum(List.of(1.0, Double.NEGATIVE_INFINITY, 2.0)).value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sum(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).value()).isNaN();
    assertThat(sum(List.of(1.0, Double.NaN)).value()).isNaN();
  }

  @Test
  void nothing_adds_up_to_zero() {
    assertThat(sum(List.of()).value()).isEqualTo(0.0);
    assertThat(sum(List.of(-0.0)).value()).isEqualTo(0.0);
  }

  @Property
  void equals_exact_decimal_arithmetic_however_it_is_split(
      @ForAll("numbers") List<Double> left, @ForAll("numbers") List<Double> right) {
    BigDecimal exact = BigDecimal.ZERO;
    for (List<Double> numbers : List.of(left, right)) {
      for (double number : numbers) {
        exact = exact.add(new BigDecimal(number));
      }
    }
    double expected = exact.doubleValue();

    ExactSum leftFirst = sum(left);
    leftFirst.add(sum(right));
    ExactSum rightFirst = sum(right);
    rightFirst.add(sum(left));

    assertThat(leftFirst.value()).isEqualTo(expected);
    assertThat(rightFirst.value()).isEqualTo(expected);
    assertThat(sum(leftFirst.parts()).value()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<Double>> numbers() {
    Arbitrary<Double> any =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> near = Arbitraries.doubles().between(-1000, 1000);
    Arbitrary<Double> edges =
        Arbitraries.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_NORMAL,
            0x1p1000,
            -0x1p1000,
            1e16,
            1.0);
    return Arbitraries.oneOf(any, near, edges).list().ofMaxSize(30);
  }

  private static ExactSum sum(List<Double> numbers) {
    ExactSum sum = new ExactSum();
    numbers.forEach(sum::add);
    return sum;
  }
}
