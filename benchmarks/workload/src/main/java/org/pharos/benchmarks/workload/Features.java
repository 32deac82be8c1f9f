package org.pharos.benchmarks.workload;

/**
 * What peers compute of the rows of each partition of narrow rows, by definition: as of the
 * partition's last row, over the last five seconds (an event at their begin does not count) and
 * over all.
 */
public final class Features {
  /** The length of the shorter window. */
  public static final long WINDOW_MILLIS = 5_000;

  /** As of when. */
  public static final long AS_OF_MILLIS = Data.LAST_MILLIS;

  /** Sums in another order differ in their last digits. */
  private static final double PRECISION = 1e9;

  private long lastCount;
  private long count;
  private double lastSum;
  private double sum;
  private double meanSum;
  private double lastMin = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Takes a row of the shape in. */
  void add(Object[] row) {
    long at = (Long) row[1];
    double f1 = (Double) row[2];
    double f2 = (Double) row[3];
    double f3 = (Double) row[4];
    count++;
    sum += f1;
    meanSum += f2;
    max = Math.max(max, f3);
    if (at > AS_OF_MILLIS - WINDOW_MILLIS) {
      lastCount++;
      lastSum += f1;
      lastMin = Math.min(lastMin, f3);
    }
  }

  long digest(long entity) {
    return digest(entity, lastCount, count, lastSum, sum, meanSum / count, lastMin, max);
  }

  /**
   * Of the features of one partition.
   *
   * @param lastCount how many rows there are in the window
   * @param count how many in all
   * @param lastSum of f1 in the window
   * @param sum of f1 in all
   * @param mean of f2 in all
   * @param lastMin of f3 in the window
   * @param max of f3 in all
   */
  public static long digest(
      long entity,
      long lastCount,
      long count,
      double lastSum,
      double sum,
      double mean,
      double lastMin,
      double max) {
    return Digest.of(
        new Object[] {
          entity,
          lastCount,
          count,
          Math.round(lastSum * PRECISION),
          Math.round(sum * PRECISION),
          Math.round(mean * PRECISION),
          lastMin,
          max
        });
  }
}
