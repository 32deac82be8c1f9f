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
  COUNT("rows");

  private final String unit;

  Job(String unit) {
    this.unit = unit;
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
