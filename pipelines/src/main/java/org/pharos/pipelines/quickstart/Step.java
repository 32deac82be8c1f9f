package org.pharos.pipelines.quickstart;

/**
 * One thing that the quickstart did.
 *
 * @param name what it was
 * @param seconds how long it took
 * @param read rows read through the doors
 * @param written rows written through them
 */
record Step(String name, double seconds, long read, long written) {
  long rows() {
    return read + written;
  }

  double rowsPerSecond() {
    return seconds > 0 ? rows() / seconds : 0;
  }
}
