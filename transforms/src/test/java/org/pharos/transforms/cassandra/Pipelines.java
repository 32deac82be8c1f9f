package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Pipelines of tests that a runner's module runs again on its own runner, which it names in the
 * system property {@code pharos.test.runner}.
 */
public final class Pipelines {
  private Pipelines() {}

  public static Pipeline create() {
    String runner = System.getProperty("pharos.test.runner", "DirectRunner");
    return Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=" + runner).create());
  }
}
