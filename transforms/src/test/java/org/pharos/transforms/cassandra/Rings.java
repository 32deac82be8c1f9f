package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Rings as Cassandra makes them: random tokens, replicas on the next nodes around. */
final class Rings {

  private Rings() {}

  /** The ranges of a ring whose nodes have random tokens; {@code bytes} says what each holds. */
  static List<RingRange> of(
      int nodes, int tokensEach, int replication, long seed, ToDoubleFunction<TokenSpan> bytes) {
    Random random = new Random(seed);
    TreeMap<Long, Integer> owners = new TreeMap<>();
    while (owners.size() < nodes * tokensEach) {
      owners.putIfAbsent(random.nextLong(), owners.size() % nodes);
    }
    List<Long> tokens = List.copyOf(owners.keySet());
    List<Integer> owner = List.copyOf(owners.values());
    List<RingRange> ring = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      List<String> replicas = new ArrayList<>();
      for (int step = 0; replicas.size() < Math.min(replication, nodes); step++) {
        String node = "node" + owner.get((i + step) % owner.size());
        if (!replicas.contains(node)) {
          replicas.add(node);
        }
      }
      long before = tokens.get((i + tokens.size() - 1) % tokens.size());
      for (TokenSpan span : TokenSpan.unwrap(before, tokens.get(i))) {
        ring.add(new RingRange(span, replicas, bytes.applyAsDouble(span)));
      }
    }
    return ring;
  }

  static ToDoubleFunction<TokenSpan> evenly(double total) {
    return span -> span.fraction() * total;
  }
}
