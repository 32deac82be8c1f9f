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
   */
  public record Done(Counts counts, double seconds) {}

  private final PrintStream out;
  private final boolean terminal;

  Job(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Runs and waits. A thread that is interrupted meanwhile cancels the job.
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
            })) {
      PipelineResult result = pipeline.run();
      running.set(result);
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new JobFailed(title + " ended " + state, null);
      }
      return new Done(Counts.of(result), progress.seconds());
    } catch (JobFailed e) {
      throw e;
    } catch (RuntimeException e) {
      throw JobFailed.because(title, e);
    }
  }
}
