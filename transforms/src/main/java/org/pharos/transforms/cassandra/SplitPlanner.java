package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cuts a table into splits of about equal bytes, each on one node. No runner of batch jobs cuts
 * them again, so this decides how evenly the work is shared.
 *
 * <p>Together the splits are exactly the ranges given, without overlap. If the table is thought to
 * hold at least a split's bytes for each node, the largest split holds at most twice the mean, as
 * far as a range's bytes are spread evenly over its tokens.
 */
final class SplitPlanner {

  /** Sums of doubles this much over a round number are that number. */
  private static final double HAIR = 1e-6;

  private final SplitSizes sizes;

  SplitPlanner(SplitSizes sizes) {
    this.sizes = sizes;
  }

  /**
   * The splits, in the order in which to read them: one of each node in turn, the biggest first, so
   * that all nodes are busy from the beginning.
   *
   * @param ring ranges that do not overlap; no bytes at all means that nothing is known of them
   */
  List<Split.Ranges> plan(Collection<RingRange> ring) {
    double total = ring.stream().mapToDouble(RingRange::bytes).sum();
    if (total <= 0) {
      return cut(byWidth(ring), 1.0 / sizes.wanted(), 0);
    } else if (total < sizes.least()) {
      return List.of(
          new Split.Ranges(merge(inOrder(ring).stream().map(RingRange::span).toList()), "", total));
    }
    return cut(ring, sizes.splitBytes(total), 1);
  }

  private static List<RingRange> byWidth(Collection<RingRange> ring) {
    double total = ring.stream().mapToDouble(range -> range.span().width()).sum();
    return ring.stream()
        .map(range -> new RingRange(range.span(), range.replicas(), range.span().width() / total))
        .toList();
  }

  private static List<Split.Ranges> cut(
      Collection<RingRange> ring, double splitBytes, double known) {
    List<List<Split.Ranges>> nodes = new ArrayList<>();
    assign(ring, splitBytes)
        .forEach((node, ranges) -> nodes.add(cutNode(node, ranges, splitBytes, known)));
    return inTurn(nodes);
  }

  /**
   * Gives each range to one of its replicas, walking along the ring: to that of the range before
   * unless it has a split more than the least loaded one, which keeps neighbours together.
   */
  private static SortedMap<String, List<RingRange>> assign(
      Collection<RingRange> ring, double splitBytes) {
    SortedMap<String, List<RingRange>> assigned = new TreeMap<>();
    Map<String, Double> loads = new HashMap<>();
    String last = "";
    for (RingRange range : inOrder(ring)) {
      String node = "";
      if (!range.replicas().isEmpty()) {
        node =
            range.replicas().stream()
                .min(
                    Comparator.comparingDouble((String replica) -> loads.getOrDefault(replica, 0.0))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        boolean near =
            loads.getOrDefault(last, 0.0) + range.bytes()
                <= loads.getOrDefault(node, 0.0) + splitBytes;
        if (near && range.replicas().contains(last)) {
          node = last;
        }
      }
      loads.merge(node, range.bytes(), Double::sum);
      assigned.computeIfAbsent(node, unseen -> new ArrayList<>()).add(range);
      last = node;
    }
    return assigned;
  }

  /** Walks a node's ranges and cuts at each n-th of their bytes, inside of a range if need be. */
  private static List<Split.Ranges> cutNode(
      String node, List<RingRange> ranges, double splitBytes, double known) {
    double bytes = ranges.stream().mapToDouble(RingRange::bytes).sum();
    int count = (int) Math.max(1, Math.ceil(bytes / splitBytes - HAIR));
    double share = bytes / count;
    List<Split.Ranges> splits = new ArrayList<>(count);
    List<TokenSpan> open = new ArrayList<>();
    double filled = 0;
    for (RingRange range : ranges) {
      TokenSpan rest = range.span();
      double restBytes = range.bytes();
      while (splits.size() < count - 1 && filled + restBytes > share * (1 + HAIR)) {
        double taken = share - filled;
        if (taken > share * HAIR) {
          if (!rest.canBeCut()) {
            break;
          }
          long cut = rest.cutAt(taken / restBytes);
          open.add(new TokenSpan(rest.start(), cut));
          rest = new TokenSpan(cut, rest.end());
          restBytes -= taken;
        }
        splits.add(new Split.Ranges(merge(open), node, share * known));
        open.clear();
        filled = 0;
      }
      open.add(rest);
      filled += restBytes;
    }
    splits.add(new Split.Ranges(merge(open), node, filled * known));
    return splits;
  }

  private static List<RingRange> inOrder(Collection<RingRange> ring) {
    return ring.stream().sorted(Comparator.comparing(RingRange::span)).toList();
  }

  private static List<TokenSpan> merge(List<TokenSpan> ordered) {
    List<TokenSpan> merged = new ArrayList<>();
    for (TokenSpan span : ordered) {
      TokenSpan last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last.end() == span.start()) {
        merged.set(merged.size() - 1, new TokenSpan(last.start(), span.end()));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  private static List<Split.Ranges> inTurn(List<List<Split.Ranges>> nodes) {
    List<Iterator<Split.Ranges>> turns = new ArrayList<>();
    for (List<Split.Ranges> splits : nodes) {
      splits.sort(Comparator.comparingDouble(Split.Ranges::bytes).reversed());
      turns.add(splits.iterator());
    }
    List<Split.Ranges> ordered = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Iterator<Split.Ranges> turn : turns) {
        if (turn.hasNext()) {
          ordered.add(turn.next());
          more = true;
        }
      }
    }
    return ordered;
  }
}
