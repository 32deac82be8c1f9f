package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TokenSpanTest {

  @Test
  void a_range_that_wraps_around_is_two_spans() {
    assertThat(TokenSpan.unwrap(100, -100))
        .containsExactly(new TokenSpan(Long.MIN_VALUE, -100), new TokenSpan(100, Long.MAX_VALUE));
  }

  @Test
  void a_range_up_to_the_smallest_token_is_one_span() {
    assertThat(TokenSpan.unwrap(100, Long.MIN_VALUE))
        .containsExactly(new TokenSpan(100, Long.MAX_VALUE));
  }

  @Test
  void a_range_from_a_token_to_itself_is_the_ring() {
    assertThat(TokenSpan.unwrap(5, 5)).containsExactly(TokenSpan.RING);
  }

  @Test
  void the_ring_has_the_width_of_all_tokens() {
    assertThat(TokenSpan.RING.fraction()).isCloseTo(1, within(1e-12));
    assertThat(new TokenSpan(Long.MIN_VALUE, 0).fraction()).isCloseTo(0.5, within(1e-12));
  }

  @Property
  void a_cut_leaves_two_parts_in_proportion(
      @ForAll long one, @ForAll long other, @ForAll @DoubleRange(min = 0, max = 1) double share) {
    Assume.that(one != other && Math.abs(Math.max(one, other) - Math.min(one, other)) != 1);
    TokenSpan span = new TokenSpan(Math.min(one, other), Math.max(one, other));
    long cut = span.cutAt(share);
    TokenSpan left = new TokenSpan(span.start(), cut);
    TokenSpan right = new TokenSpan(cut, span.end());
    double slack = Math.max(2, span.width() * 1e-12);
    assertThat(left.width()).isCloseTo(span.width() * share, within(slack));
    assertThat(right.width()).isCloseTo(span.width() * (1 - share), within(slack));
  }

  @Property
  void the_middle_leaves_two_parts(@ForAll long one, @ForAll long other) {
    Assume.that(one != other && Math.abs(Math.max(one, other) - Math.min(one, other)) != 1);
    TokenSpan span = new TokenSpan(Math.min(one, other), Math.max(one, other));
    assertThat(span.middle()).isGreaterThan(span.start()).isLessThan(span.end());
  }

  @Test
  void what_is_taken_out_leaves_the_rest_in_order() {
    TokenSpan span = new TokenSpan(0, 100);
    assertThat(span.without(List.of())).containsExactly(span);
    assertThat(span.without(List.of(new TokenSpan(-5, 0), new TokenSpan(100, 200))))
        .containsExactly(span);
    assertThat(
            span.without(
                List.of(
                    new TokenSpan(90, 120),
                    new TokenSpan(40, 50),
                    new TokenSpan(-9, 10),
                    new TokenSpan(45, 60))))
        .containsExactly(new TokenSpan(10, 40), new TokenSpan(60, 90));
    assertThat(span.without(List.of(TokenSpan.RING))).isEmpty();
  }
}
