package org.pharos.benchmarks.workload;

import java.util.Locale;

/** What a peer is to do. */
public enum Job {
  /** All rows into an empty table; the unit is a row. */
  WRITE("rows"),
  /** All rows out of a table; the unit is a row. */
  SCAN("rows"),
  /** The ten rows of each of many partitions, by the partition's key; the unit is a key. */
  LOOKUP("keys"),
  /** The number of rows of a table, one number out; the unit is a row. */
  COUNT("rows"),
  /** {@link Features} of each partition of a table, out of all its rows; the unit is a row. */
  FEATURES("rows"),
  /**
   * The rows of a {@link Spine}, each with what was known at its time; the unit is a table's row.
   */
  JOIN("rows"),
  /** Of one entity the features of all views of {@link Serving}; the unit is a request. */
  SERVE_VIEWS("requests"),
  /** Of many entities the features of one view of {@link Serving}; the unit is a request. */
  SERVE_ENTITIES("requests");

  private final String unit;

  Job(String unit) {
    this.unit = unit;
  }

  /** Whether it is about {@link Serving}, and not about the table of a shape. */
  public boolean serves() {
    return this == SERVE_VIEWS || this == SERVE_ENTITIES;
  }

  /** What is counted when work is measured. */
  public String unit() {
    return unit;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
