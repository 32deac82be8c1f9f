package org.pharos.schemas.graph;

/** From which end an edge is seen; stored by its name. */
public enum Direction {
  /** From its source: the neighbor is its target. */
  OUT,
  /** From its target: the neighbor is its source. */
  IN
}
