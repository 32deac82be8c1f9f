package org.pharos.pipelines.events;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pharos.pipelines.BadOption;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.ApproximateCountDistinct;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.SummarizeWindows;
import org.pharos.transforms.features.Variance;

/** Aggregations as an option lists them: {@code count,sum(price)} gives count and sum_price. */
final class Aggregates {
  private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((\\w+)\\))?");
  private static final String ALLOWED =
      "count, count(COLUMN), sum, mean, min, max, variance, deviation and distinct (approximate) of"
          + " a COLUMN are allowed, such as count,sum(price)";

  private Aggregates() {}

  /**
   * The summary of all of them.
   *
   * @throws BadOption if one of them cannot be, or comes twice
   */
  static SummarizeWindows of(List<String> by, List<String> aggregates) {
    SummarizeWindows summary = SummarizeWindows.by(by.toArray(new String[0]));
    for (String each : aggregates) {
      Matcher call = CALL.matcher(each);
      if (!call.matches()) {
        throw new BadOption("aggregates", each, ALLOWED);
      }
      String column = call.group(2);
      String name = column == null ? call.group(1) : call.group(1) + "_" + column;
      try {
        summary =
            summary.with(name, aggregation(each, call.group(1), column == null ? "" : column));
      } catch (IllegalArgumentException e) {
        throw new BadOption("aggregates", each, String.valueOf(e.getMessage()));
      }
    }
    return summary;
  }

  private static Aggregation aggregation(String whole, String function, String column) {
    if (column.isEmpty()) {
      if (function.equals("count")) {
        return Count.events();
      }
      throw new BadOption("aggregates", whole, ALLOWED);
    }
    return switch (function) {
      case "count" -> Count.of(column);
      case "sum" -> Sum.of(column);
      case "mean" -> Mean.of(column);
      case "min" -> Min.of(column);
      case "max" -> Max.of(column);
      case "variance" -> Variance.of(column);
      case "deviation" -> Variance.of(column).asDeviation();
      case "distinct" -> ApproximateCountDistinct.of(column);
      default -> throw new BadOption("aggregates", whole, ALLOWED);
    };
  }
}
