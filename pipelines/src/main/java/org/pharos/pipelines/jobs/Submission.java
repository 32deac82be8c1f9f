package org.pharos.pipelines.jobs;

import java.io.PrintStream;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;

/** From a pipeline of the catalog and its options to a job that is done. */
public final class Submission {
  private final Voice voice;
  private final PrintStream out;
  private final boolean terminal;

  /** On a runner, with progress shown on a stream. */
  public Submission(Voice voice, PrintStream out, boolean terminal) {
    this.voice = voice;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Parses, checks, probes, assembles, runs and waits.
   *
   * @throws BadOption if an option cannot be; nothing was started then
   * @throws org.pharos.transforms.cassandra.CassandraFailure if the cluster is not as it must be
   * @throws JobFailed if the runner's cluster cannot take the job, or the job ends badly
   */
  public <O extends CassandraOptions> Job.Done run(
      CatalogedPipeline<O> cataloged, List<String> flags) {
    O options = Arguments.parse(voice, flags, cataloged.options());
    cataloged.check().accept(options);
    options.setJobName(cataloged.name());
    voice.cluster().check(options);
    Pipeline pipeline;
    try {
      Probe.check(cataloged, options);
      pipeline = Pipeline.create(options);
      cataloged.assemble().accept(pipeline, options);
    } catch (IllegalArgumentException e) {
      // Tables and transforms that do not fit the tables that options name say so.
      throw new BadOption(cataloged.name() + " cannot be put together: " + e.getMessage());
    }
    Job.Done done = new Job(out, terminal, voice.cluster()).run(cataloged.name(), pipeline);
    return done.left().isEmpty()
        ? new Job.Done(
            done.counts(),
            done.seconds(),
            "",
            cataloged.verdict().apply(options, done.counts().byName()))
        : done;
  }
}
