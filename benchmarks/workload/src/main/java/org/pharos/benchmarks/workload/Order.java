package org.pharos.benchmarks.workload;

import java.util.Locale;

/** In which order rows come to be written, and keys to be looked up. */
public enum Order {
  /** The rows of a partition one after another. */
  CLUSTERED,
  /** In an order that looks random, and is the same every time. */
  SHUFFLED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
