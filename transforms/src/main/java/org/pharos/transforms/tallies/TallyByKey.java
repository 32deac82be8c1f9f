package org.pharos.transforms.tallies;

import java.io.Serializable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Elements in, one result a distinct key out, per window: each element adds to the counts of any
 * number of keys, and a key's result is made of the sums. A key is not null.
 *
 * <p>Bounded or unbounded; of several firings of a window each brings every key of a shard that has
 * anything new. Each bundle counts by itself first, so a frequent key is no hot key. What is
 * shuffled are blocks of keys, and what comes out is grouped the same way: a shuffle costs by the
 * element, and on the Direct runner each group becomes a bundle, which costs half a millisecond for
 * every step that follows. The price is memory: a worker merges a {@value #SHARDS}th part of a
 * window's distinct keys at a time, about 100 MB for 1,000,000,000 short keys.
 */
public final class TallyByKey<T, R> extends PTransform<PCollection<T>, PCollection<R>> {
  private static final long serialVersionUID = 1L;

  /** A power of two: a key's shard is in the high bits of its hash. */
  static final int SHARDS = 1024;

  /** How an element counts. */
  @FunctionalInterface
  public interface Counting<T> extends Serializable {
    /** Adds what the element counts. */
    void count(T element, Tallies tallies);
  }

  /** What a key and its counts are called. */
  @FunctionalInterface
  public interface Naming<R> extends Serializable {
    /** The result for a key; its counts are in the order in which they were numbered. */
    R name(String key, long[] counts);
  }

  private final int width;
  private final Counting<T> counting;
  private final Naming<R> naming;
  private final Class<R> result;
  private final int mostKeys;

  private TallyByKey(
      int width, Counting<T> counting, Naming<R> naming, Class<R> result, int mostKeys) {
    this.mostKeys = mostKeys;
    this.width = width;
    this.counting = counting;
    this.naming = naming;
    this.result = result;
  }

  /**
   * Counts by key.
   *
   * @param width how many counts a key has, 1 or more
   * @param result what the naming makes; needs a schema or a coder
   */
  public static <T, R> TallyByKey<T, R> of(
      int width, Counting<T> counting, Naming<R> naming, Class<R> result) {
    if (width < 1) {
      throw new IllegalArgumentException("a key has 1 count or more, not " + width);
    }
    return new TallyByKey<>(width, counting, naming, result, TallyBundleFn.MOST_KEYS);
  }

  /** Lets a bundle hold so many keys. Default: {@value TallyBundleFn#MOST_KEYS}. */
  TallyByKey<T, R> holding(int keys) {
    return new TallyByKey<>(width, counting, naming, result, keys);
  }

  @Override
  public PCollection<R> expand(PCollection<T> elements) {
    return elements
        .apply("Count in each bundle", ParDo.of(new TallyBundleFn<>(width, counting, mostKeys)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new TalliesCoder()))
        .apply("Group by shard", GroupByKey.create())
        .apply("Sum up", ParDo.of(new SumTalliesFn<>(naming)))
        .setTypeDescriptor(TypeDescriptor.of(result));
  }

  /** Spread over the shards whatever keys have in common; the same on every JVM. */
  static int shard(String key) {
    return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SHARDS));
  }
}
