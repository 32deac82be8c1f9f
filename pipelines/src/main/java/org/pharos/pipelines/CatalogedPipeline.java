package org.pharos.pipelines;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.pharos.schemas.Table;

/**
 * A pipeline that the launcher knows by name.
 *
 * @param name what it is called on the command line, such as {@code load-foodmart}
 * @param summary one sentence on what it does
 * @param options the type of its options
 * @param check throws {@link BadOption} for options that cannot be; reads nothing but them
 * @param assemble puts its transforms into a pipeline: no network, clock or environment, and the
 *     same graph for the same options
 * @param reads the tables that must be there with these columns
 * @param describes the names of tables that the launcher describes for it: any columns will do
 * @param writes the tables that must be there, or that the launcher creates when asked to
 * @param streams whether it goes on until it is stopped
 * @param verdict what is wrong with the result of a job that ran to its end, by what it counted;
 *     empty if nothing is
 * @param <O> the type of its options
 */
public record CatalogedPipeline<O extends CassandraOptions>(
    String name,
    String summary,
    Class<O> options,
    Consumer<O> check,
    BiConsumer<Pipeline, O> assemble,
    Function<O, List<Table>> reads,
    Function<O, List<String>> describes,
    Function<O, List<Table>> writes,
    boolean streams,
    BiFunction<O, Map<String, Long>, String> verdict) {

  /** A pipeline that reads and writes no table yet, and checks nothing. */
  public static <O extends CassandraOptions> CatalogedPipeline<O> of(
      String name, String summary, Class<O> options, BiConsumer<Pipeline, O> assemble) {
    return new CatalogedPipeline<>(
        name,
        summary,
        options,
        o -> {},
        assemble,
        o -> List.of(),
        o -> List.of(),
        o -> List.of(),
        false,
        (o, counts) -> "");
  }

  /** Checks options before anything starts. Default: nothing. */
  public CatalogedPipeline<O> checking(Consumer<O> check) {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, streams, verdict);
  }

  /** Needs tables to read. Default: none. */
  public CatalogedPipeline<O> reading(Function<O, List<Table>> reads) {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, streams, verdict);
  }

  /** Needs tables of the keyspace described. Default: none. */
  public CatalogedPipeline<O> describing(Function<O, List<String>> describes) {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, streams, verdict);
  }

  /** Needs tables to write. Default: none. */
  public CatalogedPipeline<O> writing(Function<O, List<Table>> writes) {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, streams, verdict);
  }

  /** Goes on until it is stopped. Default: it ends. */
  public CatalogedPipeline<O> streaming() {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, true, verdict);
  }

  /** Judges what a job counted. Default: it is well. */
  public CatalogedPipeline<O> judging(BiFunction<O, Map<String, Long>, String> verdict) {
    return new CatalogedPipeline<>(
        name, summary, options, check, assemble, reads, describes, writes, streams, verdict);
  }
}
