package org.pharos.transforms.tallies;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.tallies.TallyByKey.Counting;

/** The tallies of a bundle, by window, in blocks of a shard. */
final class TallyBundleFn<T> extends DoFn<T, KV<Integer, Tallies>> {
  private static final long serialVersionUID = 1L;

  /** Bounds what a bundle holds: those of Flink in batch have no end. */
  static final int MOST_KEYS = 100_000;

  private final int width;
  private final Counting<T> counting;
  private final int mostKeys;
  private transient Map<BoundedWindow, Counted> windows = new HashMap<>();
  private transient int keys;

  TallyBundleFn(int width, Counting<T> counting, int mostKeys) {
    this.mostKeys = mostKeys;
    this.width = width;
    this.counting = counting;
  }

  @StartBundle
  public void start() {
    windows = new HashMap<>();
    keys = 0;
  }

  @ProcessElement
  public void process(
      @Element T element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<KV<Integer, Tallies>> out) {
    Counted counted = windows.computeIfAbsent(window, w -> new Counted(width));
    int before = counted.tallies.keys();
    counting.count(element, counted.tallies);
    counted.note(timestamp);
    keys += counted.tallies.keys() - before;
    if (keys > mostKeys) {
      windows.remove(window);
      keys -= counted.tallies.keys();
      counted.forEachShard(out::output);
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    windows.forEach(
        (window, counted) ->
            counted.forEachShard(block -> context.output(block, counted.earliest, window)));
    windows.clear();
  }

  private static final class Counted {
    private final Tallies tallies;
    private Instant earliest = BoundedWindow.TIMESTAMP_MAX_VALUE;

    Counted(int width) {
      tallies = new Tallies(width);
    }

    void note(Instant timestamp) {
      earliest = timestamp.isBefore(earliest) ? timestamp : earliest;
    }

    void forEachShard(Consumer<KV<Integer, Tallies>> action) {
      @Nullable Tallies[] shards = new Tallies[TallyByKey.SHARDS];
      tallies
          .byKey()
          .forEach(
              (key, counts) -> {
                int shard = TallyByKey.shard(key);
                Tallies block = shards[shard];
                if (block == null) {
                  block = new Tallies(tallies.width());
                  shards[shard] = block;
                }
                block.add(key, counts);
              });
      for (int shard = 0; shard < shards.length; shard++) {
        Tallies block = shards[shard];
        if (block != null) {
          action.accept(KV.of(shard, block));
        }
      }
    }
  }
}
