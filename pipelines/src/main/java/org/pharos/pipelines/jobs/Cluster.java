package org.pharos.pipelines.jobs;

import org.apache.beam.sdk.options.PipelineOptions;

/** Where a runner submits jobs, if it does not run them in this JVM. */
public interface Cluster {
  /** Jobs run in this JVM. */
  Cluster NONE =
      new Cluster() {
        @Override
        public void check(PipelineOptions options) {}

        @Override
        public boolean detaches(PipelineOptions options) {
          return false;
        }

        @Override
        public String progress(PipelineOptions options) {
          return "";
        }
      };

  /**
   * Asks, before anything is submitted, whether the cluster that the options name can take a job.
   *
   * @throws JobFailed saying what is wrong and what to do
   */
  void check(PipelineOptions options);

  /** Whether the options want the job submitted and left alone. */
  boolean detaches(PipelineOptions options);

  /** How far the job of these options is, as the cluster tells it; empty if it does not. */
  String progress(PipelineOptions options);

  /**
   * Why the job of these options failed and what to do, where the cluster or its silence tells more
   * than the failure itself; empty if not.
   */
  default String explain(PipelineOptions options, Throwable failure) {
    return "";
  }
}
