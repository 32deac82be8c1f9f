package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

  private final PageSize size = new PageSize();

  @Test
  void pages_of_small_rows_grow_up_to_the_most_rows() {
    size.arrived(256, 256 * 20);
    assertThat(size.rows()).isEqualTo(1024);
    size.arrived(1024, 1024 * 20);
    assertThat(size.rows()).isEqualTo(4096);
    size.arrived(4096, 4096 * 20);
    assertThat(size.rows()).isEqualTo(PageSize.MOST);
  }

  @Test
  void pages_of_large_rows_shrink_to_a_megabyte() {
    size.arrived(256, 256 * 100_000);
    assertThat(size.rows()).isEqualTo(10);
  }

  @Test
  void a_row_larger_than_a_page_comes_alone() {
    size.arrived(256, 256L * (5 << 20));
    assertThat(size.rows()).isEqualTo(1);
  }

  @Test
  void a_failure_halves_the_page_and_it_recovers_slowly() {
    size.tooLarge(256, 1);
    assertThat(size.rows()).isEqualTo(128);
    size.arrived(128, 1000);
    assertThat(size.rows()).isBetween(129, 150);
  }

  @Test
  void failures_in_a_row_shrink_pages_to_single_rows() {
    for (int failures = 1; failures < 10; failures++) {
      size.tooLarge(size.rows(), failures);
    }
    assertThat(size.rows()).isEqualTo(1);
  }

  @Test
  void failures_of_every_second_request_do_not_shrink_pages_to_nothing() {
    for (int i = 0; i < 100; i++) {
      size.tooLarge(size.rows(), 1);
      size.arrived(size.rows(), 1000);
    }
    assertThat(size.rows()).isGreaterThan(PageSize.SMALL / 2);
  }
}
