package org.pharos.transforms.cassandra;

/** Counts the rows of a window in one bundle. */
final class WriteTally {
  private long written;
  private long rejected;
  private long unknown;
  private long expired;
  private long notApplied;

  void written() {
    written++;
  }

  void expired() {
    written++;
    expired++;
  }

  void rejected() {
    rejected++;
  }

  void notApplied() {
    rejected++;
    notApplied++;
  }

  void unknown() {
    unknown++;
  }

  WriteCounts counts() {
    return new WriteCounts(written, rejected, unknown, expired, notApplied);
  }
}
