package org.pharos.transforms.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.pharos.schemas.graph.Degree;
import org.pharos.schemas.graph.Edge;

/**
 * Edges in, one {@link Degree} a node out, per window: how many edges leave it and how many enter.
 *
 * <p>Every edge of the input counts, equal ones as often as they come ({@code Distinct} before it
 * merges them). A node without edges does not come out. Counting starts before the shuffle where
 * the runner can, so a node of very many edges is no hot key.
 */
public final class CountDegrees extends PTransform<PCollection<Edge>, PCollection<Degree>> {

  private static final long serialVersionUID = 1L;

  private CountDegrees() {}

  public static CountDegrees create() {
    return new CountDegrees();
  }

  @Override
  public PCollection<Degree> expand(PCollection<Edge> edges) {
    return edges
        .apply("Count in each bundle", ParDo.of(new InBundleFn()))
        .apply("Count by node", Combine.perKey(new Ends()))
        .apply("Name degrees", MapElements.via(new ToDegree()));
  }

  /**
   * For each node of a bundle's edges, by window, how many ends leave and enter: a runner that
   * combines by sorting would otherwise sort every end of every edge.
   */
  private static final class InBundleFn extends DoFn<Edge, KV<String, KV<Long, Long>>> {

    private static final long serialVersionUID = 1L;
    private static final int MOST_NODES = 100_000;

    private final Map<BoundedWindow, Counted> windows = new HashMap<>();
    private int nodes;

    @StartBundle
    public void start() {
      windows.clear();
      nodes = 0;
    }

    @ProcessElement
    public void process(
        @Element Edge edge,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<KV<String, KV<Long, Long>>> out) {
      Counted counted = windows.computeIfAbsent(window, w -> new Counted());
      nodes += counted.add(edge, timestamp);
      if (nodes > MOST_NODES) {
        windows.remove(window);
        nodes -= counted.ends.size();
        counted.forEach(out::output);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      windows.forEach(
          (window, counted) ->
              counted.forEach(node -> context.output(node, counted.earliest, window)));
    }
  }

  /** Nodes with (ends that leave, ends that enter). */
  private static final class Counted {

    private final Map<String, long[]> ends = new HashMap<>();
    private Instant earliest = BoundedWindow.TIMESTAMP_MAX_VALUE;

    /** Returns how many nodes are new. */
    int add(Edge edge, Instant timestamp) {
      earliest = timestamp.isBefore(earliest) ? timestamp : earliest;
      int before = ends.size();
      ends.computeIfAbsent(edge.source(), node -> new long[2])[0]++;
      ends.computeIfAbsent(edge.target(), node -> new long[2])[1]++;
      return ends.size() - before;
    }

    void forEach(Consumer<KV<String, KV<Long, Long>>> action) {
      ends.forEach((node, pair) -> action.accept(KV.of(node, KV.of(pair[0], pair[1]))));
    }
  }

  private static final class Ends extends Combine.BinaryCombineFn<KV<Long, Long>> {

    private static final long serialVersionUID = 1L;

    @Override
    public KV<Long, Long> apply(KV<Long, Long> left, KV<Long, Long> right) {
      return KV.of(left.getKey() + right.getKey(), left.getValue() + right.getValue());
    }
  }

  private static final class ToDegree extends SimpleFunction<KV<String, KV<Long, Long>>, Degree> {

    private static final long serialVersionUID = 1L;

    @Override
    public Degree apply(KV<String, KV<Long, Long>> counted) {
      KV<Long, Long> ends = counted.getValue();
      return new Degree(counted.getKey(), ends.getKey(), ends.getValue());
    }
  }
}
