package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Every so many-th of the partitions to follow, its rows as what the function makes of them.
 *
 * <p>A source of the old kind, not a splittable DoFn: Flink and Direct run these natively, with a
 * checkpoint mark of ours and a reader that lives on between checkpoints.
 */
final class FollowSource<T> extends UnboundedSource<T, FollowMark> {
  private static final long serialVersionUID = 1;

  private final Follow follow;
  private final Projection projection;
  private final SerializableFunction<Row, T> convert;
  private final Coder<T> coder;
  private final int first;
  private final int step;

  private FollowSource(
      Follow follow,
      Projection projection,
      SerializableFunction<Row, T> convert,
      Coder<T> coder,
      int first,
      int step) {
    this.follow = follow;
    this.projection = projection;
    this.convert = convert;
    this.coder = coder;
    this.first = first;
    this.step = step;
  }

  static <T> FollowSource<T> of(
      Follow follow, Projection projection, SerializableFunction<Row, T> convert, Coder<T> coder) {
    return new FollowSource<>(follow, projection, convert, coder, 0, 1);
  }

  /** On a worker, or where the job is coordinated: there "now" is decided for all parts at once. */
  @Override
  public List<FollowSource<T>> split(int desired, PipelineOptions options) {
    Pace pace = follow.pace();
    Follow started = follow.with(pace.startingAt(pace.start()));
    int parts = Math.max(1, Math.min(desired, partitions().size()));
    List<FollowSource<T>> split = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      split.add(
          new FollowSource<>(
              started, projection, convert, coder, first + step * part, step * parts));
    }
    return split;
  }

  /** The numbers of the partitions that are read here. */
  List<Integer> partitions() {
    int count = follow.partitions().count();
    List<Integer> numbers = new ArrayList<>();
    for (int number = first; number < count; number += step) {
      numbers.add(number);
    }
    return numbers;
  }

  @Override
  public FollowReader<T> createReader(PipelineOptions options, @Nullable FollowMark mark) {
    Pace pace = follow.pace();
    return new FollowReader<>(
        this,
        mark == null
            ? FollowProgress.startingAt(pace.start(), pace.overlapMillis())
            : FollowProgress.resuming(mark, pace.overlapMillis()));
  }

  Follow follow() {
    return follow;
  }

  Projection projection() {
    return projection;
  }

  T convert(Row row) {
    return convert.apply(row);
  }

  @Override
  public Coder<FollowMark> getCheckpointMarkCoder() {
    return new FollowMarkCoder();
  }

  @Override
  public Coder<T> getOutputCoder() {
    return coder;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    follow.populateDisplayData(builder);
    builder.add(DisplayData.item("columns", projection.cql()).withLabel("Columns"));
  }
}
