package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It looks at counters of the JVM.")
class TrafficTest {
  @Test
  void tells_what_came_after_an_earlier_moment() {
    Traffic before = Traffic.soFar();
    Traffic.planned(4);
    Traffic.read(100);
    Traffic.read(20);
    Traffic.readSplit();
    Traffic.wrote(1);

    assertThat(Traffic.soFar().since(before)).isEqualTo(new Traffic(120, 1, 4, 1));
  }
}
