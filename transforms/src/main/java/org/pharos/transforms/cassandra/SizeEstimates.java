package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How a table's bytes lie on the ring, pieced together from what the nodes say of their own primary
 * ranges. Where no node said anything the table is as dense as it is elsewhere on average.
 */
final class SizeEstimates {

  /** What one node says of a span. */
  record Estimate(TokenSpan span, double bytes) {}

  private final List<Estimate> estimates;
  private final double meanDensity;

  private SizeEstimates(List<Estimate> estimates) {
    this.estimates = estimates;
    double width = estimates.stream().mapToDouble(each -> each.span().width()).sum();
    double bytes = estimates.stream().mapToDouble(Estimate::bytes).sum();
    this.meanDensity = width > 0 ? bytes / width : 0;
  }

  /**
   * Of estimates in any order. Where several nodes speak for the same tokens, as they do for a
   * while after the ring has changed, the first to do so along the ring is believed.
   */
  static SizeEstimates of(Collection<Estimate> said) {
    List<Estimate> kept = new ArrayList<>();
    long covered = Long.MIN_VALUE;
    for (Estimate each : said.stream().sorted(Comparator.comparing(Estimate::span)).toList()) {
      TokenSpan span = each.span();
      if (span.end() > covered) {
        TokenSpan fresh = new TokenSpan(Math.max(covered, span.start()), span.end());
        kept.add(new Estimate(fresh, each.bytes() * (fresh.width() / span.width())));
        covered = span.end();
      }
    }
    return new SizeEstimates(List.copyOf(kept));
  }

  /** The bytes in a span, as if each estimate's bytes were spread evenly over its tokens. */
  double bytesIn(TokenSpan span) {
    double bytes = 0;
    double unknown = span.width();
    for (int i = firstEndingAfter(span.start()); i < estimates.size(); i++) {
      TokenSpan known = estimates.get(i).span();
      if (known.start() >= span.end()) {
        break;
      }
      TokenSpan shared =
          new TokenSpan(Math.max(known.start(), span.start()), Math.min(known.end(), span.end()));
      bytes += estimates.get(i).bytes() * (shared.width() / known.width());
      unknown -= shared.width();
    }
    return bytes + Math.max(0, unknown) * meanDensity;
  }

  private int firstEndingAfter(long token) {
    int low = 0;
    int high = estimates.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (estimates.get(middle).span().end() > token) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
