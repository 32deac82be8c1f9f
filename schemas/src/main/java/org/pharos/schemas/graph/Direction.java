package org.pharos.schemas.graph;

import java.util.Locale;

/** From which end an edge is seen. */
public enum Direction {
  /** From its source: the neighbor is its target. */
  OUT,
  /** From its target: the neighbor is its source. */
  IN;

  /** As it is stored: {@code out} or {@code in}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
