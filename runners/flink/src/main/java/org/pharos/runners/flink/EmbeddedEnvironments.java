package org.pharos.runners.flink;

import java.util.stream.Stream;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Sends the jobs of {@code --flinkMaster=[auto]} to {@link EmbeddedFlink}. */
final class EmbeddedEnvironments {
  private static final String TARGET = "pharos-embedded";

  private EmbeddedEnvironments() {}

  /** From now on, in all threads of this JVM. */
  static void install() {
    PipelineExecutorServiceLoader loader = new OneExecutor(new EmbeddedFlink());
    ClassLoader classes = EmbeddedEnvironments.class.getClassLoader();
    Batch.install(loader, classes);
    Streaming.install(loader, classes);
  }

  private static Configuration configuration(@Nullable Configuration given) {
    Configuration configuration = given == null ? new Configuration() : new Configuration(given);
    configuration.set(DeploymentOptions.TARGET, TARGET);
    configuration.set(DeploymentOptions.ATTACHED, true);
    if (!configuration.contains(CoreOptions.DEFAULT_PARALLELISM)) {
      configuration.set(
          CoreOptions.DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());
    }
    return configuration;
  }

  /** What installs is only for heirs to call. */
  @SuppressWarnings("deprecation") // Beam's batch jobs are of the DataSet API
  private static final class Batch extends ExecutionEnvironment {
    private Batch(PipelineExecutorServiceLoader loader, ClassLoader classes) {
      super(loader, configuration(null), classes);
    }

    static void install(PipelineExecutorServiceLoader loader, ClassLoader classes) {
      initializeContextEnvironment(() -> new Batch(loader, classes));
    }
  }

  @SuppressWarnings("try") // close() is Flink's
  private static final class Streaming extends StreamExecutionEnvironment {
    private Streaming(
        PipelineExecutorServiceLoader loader, Configuration given, ClassLoader classes) {
      super(loader, configuration(given), classes);
    }

    static void install(PipelineExecutorServiceLoader loader, ClassLoader classes) {
      initializeContextEnvironment(given -> new Streaming(loader, given, classes));
    }
  }

  private record OneExecutor(PipelineExecutor executor)
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(TARGET);
    }

    @Override
    public String getName() {
      return TARGET;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return TARGET.equals(configuration.get(DeploymentOptions.TARGET));
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return executor;
    }
  }
}
