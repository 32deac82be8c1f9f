package org.pharos.pipelines.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * How values are distributed: a chart of equal bins, cut at a quantile so that few cannot hide
 * many.
 */
public final class Histogram {
  private static final int BINS = 40;
  private static final double SHOWN = 0.995;

  private Histogram() {}

  /**
   * The chart of values of at least 0.
   *
   * @param title what the values are
   * @param counted what is counted, for the other axis
   * @param whole whether they are whole numbers, so that a bin is at least 1 wide
   */
  public static String svg(String title, String counted, double[] values, boolean whole) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double shown = sorted.length == 0 ? 1 : sorted[(int) ((sorted.length - 1) * SHOWN)];
    double width = Math.max(shown / BINS, whole ? 1 : 1e-9);
    width = whole ? Math.ceil(width) : width;
    int bins = (int) Math.floor(shown / width) + 1;
    long[] counts = new long[bins];
    for (double value : sorted) {
      int bin = (int) (value / width);
      if (bin < bins) {
        counts[bin]++;
      }
    }
    long most = Arrays.stream(counts).max().orElse(1);
    Plot plot =
        new Plot(
            420, 240, Axis.between(title, 0, bins * width), Axis.fromZero(counted, (double) most));
    for (int bin = 0; bin < bins; bin++) {
      plot =
          plot.bar(
              1,
              bin * width,
              (bin + 1) * width,
              (double) counts[bin],
              String.format(
                  Locale.ROOT,
                  "%s to %s: %,d %s",
                  Axis.number(bin * width),
                  Axis.number((bin + 1) * width),
                  counts[bin],
                  counted));
    }
    return plot.svg();
  }
}
