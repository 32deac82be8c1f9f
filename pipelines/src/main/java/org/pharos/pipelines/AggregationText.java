package org.pharos.pipelines;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.time.Duration;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.ApproximateCountDistinct;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.CountDistinct;
import org.pharos.transforms.features.FirstValues;
import org.pharos.transforms.features.Histogram;
import org.pharos.transforms.features.LastValues;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.MostFrequent;
import org.pharos.transforms.features.Quantiles;
import org.pharos.transforms.features.Recency;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.Trend;
import org.pharos.transforms.features.Variance;

/**
 * Aggregations as people write them: {@code count}, {@code sum(price)}, {@code last(product, 3)}.
 *
 * @param function what is computed
 * @param arguments the column, then numbers
 */
public record AggregationText(String function, List<String> arguments) {
  /** What can be written, as a sentence without its full stop. */
  public static final String ALLOWED =
      "count, recency_days and recency_hours, and of a COLUMN count, sum, mean, min, max, variance,"
          + " deviation, trend, distinct (approximate), count_distinct, most_frequent, first and"
          + " last (COLUMN, HOW MANY), quantiles (COLUMN, RANK, ...) and histogram (COLUMN, EDGE,"
          + " ...) are allowed, such as count or sum(price)";

  private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*(?:\\(([^()]*)\\)\\s*)?");

  /**
   * The parts of a text.
   *
   * @throws IllegalArgumentException if it is no call of a function
   */
  public static AggregationText parse(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new IllegalArgumentException(ALLOWED);
    }
    String list = call.group(2);
    return new AggregationText(
        call.group(1),
        list == null ? List.of() : Arrays.stream(list.split(",", -1)).map(String::strip).toList());
  }

  /**
   * The aggregation.
   *
   * @throws IllegalArgumentException if there is none of this name with such arguments
   */
  public Aggregation aggregation() {
    if (arguments.isEmpty()) {
      return switch (function) {
        case "count" -> Count.events();
        case "recency_days" -> Recency.inDays();
        case "recency_hours" -> Recency.in(Duration.standardHours(1));
        default -> throw new IllegalArgumentException(ALLOWED);
      };
    }
    String column = arguments.get(0);
    if (column.isEmpty()) {
      throw new IllegalArgumentException(ALLOWED);
    }
    return switch (function + "/" + Math.min(arguments.size(), 2)) {
      case "count/1" -> Count.of(column);
      case "sum/1" -> Sum.of(column);
      case "mean/1" -> Mean.of(column);
      case "min/1" -> Min.of(column);
      case "max/1" -> Max.of(column);
      case "variance/1" -> Variance.of(column);
      case "deviation/1" -> Variance.of(column).asDeviation();
      case "trend/1" -> Trend.of(column);
      case "distinct/1" -> ApproximateCountDistinct.of(column);
      case "count_distinct/1" -> CountDistinct.of(column);
      case "most_frequent/1" -> MostFrequent.of(column);
      case "most_frequent/2" -> MostFrequent.of(column).first(length());
      case "first/2" -> FirstValues.of(column, length());
      case "last/2" -> LastValues.of(column, length());
      case "quantiles/2" -> Quantiles.of(column, numbers());
      case "histogram/2" -> Histogram.of(column, numbers());
      default -> throw new IllegalArgumentException(ALLOWED);
    };
  }

  private int length() {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException(function + " takes a column and how many");
    }
    try {
      return Integer.parseInt(arguments.get(1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          function + ": how many is a whole number, not " + arguments.get(1), e);
    }
  }

  private double[] numbers() {
    return arguments.stream()
        .skip(1)
        .mapToDouble(
            number -> {
              try {
                return Double.parseDouble(number);
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException(function + ": no number: " + number, e);
              }
            })
        .toArray();
  }
}
