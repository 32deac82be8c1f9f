package org.pharos.pipelines.events;

import java.util.List;
import org.pharos.pipelines.AggregationText;
import org.pharos.pipelines.BadOption;
import org.pharos.transforms.features.SummarizeWindows;

/** Aggregations as an option lists them: {@code count,sum(price)} gives count and sum_price. */
final class Aggregates {
  private Aggregates() {}

  /**
   * The summary of all of them.
   *
   * @throws BadOption if one of them cannot be, or comes twice
   */
  static SummarizeWindows of(List<String> by, List<String> aggregates) {
    SummarizeWindows summary = SummarizeWindows.by(by.toArray(new String[0]));
    for (String each : aggregates) {
      try {
        AggregationText text = AggregationText.parse(each);
        String column = text.arguments().isEmpty() ? "" : "_" + text.arguments().get(0);
        summary = summary.with(text.function() + column, text.aggregation());
      } catch (IllegalArgumentException e) {
        throw new BadOption("aggregates", each, String.valueOf(e.getMessage()));
      }
    }
    return summary;
  }
}
