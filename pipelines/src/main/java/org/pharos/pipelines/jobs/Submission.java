package org.pharos.pipelines.jobs;

import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.CassandraOptions;
import java.io.PrintStream;
import org.apache.beam.sdk.Pipeline;

/** From a pipeline of the catalog and its options to a job that is done. */
public final class Submission {
  private final Voice voice;
  private final PrintStream out;
  private final boolean terminal;

  Submission(Voice voice, PrintStream out, boolean terminal) {
    this.voice = voice;
    this.out = out;
    this.terminal = terminal;
  }

  <O extends CassandraOptions> Job.Done run(CatalogedPipeline<O> cataloged, O options) {
    options.setJobName(cataloged.name());
    Probe.check(cataloged, options);
    Pipeline pipeline = Pipeline.create(options);
    cataloged.assemble().accept(pipeline, options);
    if (!voice.note().isEmpty()) {
      out.println(cataloged.name() + ": " + voice.note());
    }
    return new Job(out, terminal).run(cataloged.name(), pipeline);
  }
}
