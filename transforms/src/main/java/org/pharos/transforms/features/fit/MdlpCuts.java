package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Numbers in their order, cut in two again and again, as {@link MdlpEdges} says. */
final class MdlpCuts {
  private final double[] numbers;

  /** How often each class came before each place. */
  private final double[][] before;

  private final List<Double> edges = new ArrayList<>();

  MdlpCuts(SortedMap<Double, Map<Object, Long>> counted) {
    List<Object> classes =
        counted.values().stream()
            .flatMap(each -> each.keySet().stream())
            .distinct()
            .sorted()
            .toList();
    numbers = counted.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    before = new double[numbers.length + 1][classes.size()];
    int place = 0;
    for (Map<Object, Long> counts : counted.values()) {
      for (int i = 0; i < classes.size(); i++) {
        before[place + 1][i] = before[place][i] + counts.getOrDefault(classes.get(i), 0L);
      }
      place++;
    }
  }

  List<Double> edges() {
    cut(0, numbers.length);
    return edges;
  }

  private void cut(int from, int to) {
    Part all = part(from, to);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int at = from + 1; at < to; at++) {
      double bits = part(from, at).bits() + part(at, to).bits();
      if (bits < least) {
        least = bits;
        best = at;
      }
    }
    if (best < 0 || !isWorth(all, part(from, best), part(best, to))) {
      return;
    }
    cut(from, best);
    edges.add(middle(numbers[best - 1], numbers[best]));
    cut(best, to);
  }

  private static boolean isWorth(Part all, Part left, Part right) {
    double cost =
        log2(all.rows() - 1)
            + bitsOfClasses(all.classes())
            - all.classes() * all.entropy()
            + left.classes() * left.entropy()
            + right.classes() * right.entropy();
    return all.bits() - left.bits() - right.bits() > cost;
  }

  /** log2(3^k - 2), of many classes without a power that is too large. */
  private static double bitsOfClasses(int classes) {
    return classes > 30 ? classes * log2(3) : log2(Math.pow(3, classes) - 2);
  }

  /** Greater than the lesser number, so that this one is below the edge. */
  private static double middle(double less, double more) {
    double middle = less + (more - less) / 2;
    return middle > less ? middle : more;
  }

  private Part part(int from, int to) {
    double rows = 0;
    int classes = 0;
    double sum = 0;
    for (int i = 0; i < before[to].length; i++) {
      double count = before[to][i] - before[from][i];
      if (count > 0) {
        rows += count;
        classes++;
        sum += count * log2(count);
      }
    }
    return new Part(rows, classes, rows == 0 ? 0 : log2(rows) - sum / rows);
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  /**
   * Some of the rows.
   *
   * @param classes that they have
   * @param entropy of these, in bits a row
   */
  private record Part(double rows, int classes, double entropy) {
    double bits() {
      return rows * entropy;
    }
  }
}
