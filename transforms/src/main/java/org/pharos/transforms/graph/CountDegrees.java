package org.pharos.transforms.graph;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
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
        .apply("Take edges apart", ParDo.of(new EndsFn()))
        .apply("Count by node", Combine.perKey(new Ends()))
        .apply("Name degrees", MapElements.via(new ToDegree()));
  }

  /** For each node of an edge how many of its ends leave and enter: (1, 0) and (0, 1). */
  private static final class EndsFn extends DoFn<Edge, KV<String, KV<Long, Long>>> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Edge edge, OutputReceiver<KV<String, KV<Long, Long>>> out) {
      out.output(KV.of(edge.source(), KV.of(1L, 0L)));
      out.output(KV.of(edge.target(), KV.of(0L, 1L)));
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
