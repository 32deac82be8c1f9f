package org.pharos.pipelines.jobs;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.pharos.transforms.cassandra.Traffic;

/** Runs an assembled pipeline to its end and shows how far it is. */
public final class Job {

  /**
   * What a job that is done comes to.
   *
   * @param counts what its steps counted
   * @param seconds how long it took
   * @param left of a job that was left to its cluster, what that tells; else empty
   * @param fault what is wrong with its result; empty if nothing is
   */
  public record Done(Counts counts, double seconds, String left, String fault) {}

  private final PrintStream out;
  private final boolean terminal;
  private final Cluster cluster;

  Job(PrintStream out, boolean terminal, Cluster cluster) {
    this.out = out;
    this.terminal = terminal;
    this.cluster = cluster;
  }

  /**
   * Runs and waits, unless the job is to be left to its cluster. A thread that is interrupted
   * meanwhile cancels the job.
   *
   * @throws JobFailed if the job ends in any state but done, with the cause that a person needs
   */
  Done run(String title, Pipeline pipeline) {
    AtomicReference<PipelineResult> running = new AtomicReference<>();
    Traffic before = Traffic.soFar();
    try (Progress progress =
        new Progress(
            out,
            terminal,
            title,
            () -> {
              PipelineResult result = running.get();
              // A runner that is embedded may give its result, and with it metrics, at the end
              // only.
              return result == null ? Counts.of(Traffic.soFar().since(before)) : Counts.of(result);
            },
            () -> cluster.progress(pipeline.getOptions()))) {
      PipelineResult result = pipeline.run();
      if (cluster.detaches(pipeline.getOptions())) {
        String left = cluster.progress(pipeline.getOptions());
        return new Done(Counts.NONE, progress.seconds(), left.isEmpty() ? "submitted" : left, "");
      }
      running.set(result);
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new JobFailed(title + " ended " + state, null);
      }
      return new Done(Counts.of(result), progress.seconds(), "", "");
    } catch (JobFailed e) {
      throw e;
    } catch (RuntimeException e) {
      String explained = cluster.explain(pipeline.getOptions(), e);
      throw explained.isEmpty()
          ? JobFailed.because(title, e)
          : new JobFailed(title + " failed: " + explained, e);
    }
  }
}
