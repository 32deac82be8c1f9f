package org.pharos.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.TargetOptions;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * The names of steps and the coders between them are what a Flink savepoint or a Dataflow update
 * finds its state by. Each pipeline of the catalog has them in a file {@code steps/NAME.txt}, whose
 * first line holds the flags to assemble it with; {@code -Dpharos.steps.update=true} writes the
 * rest anew.
 */
class StepNamesTest {
  private static final Path FILES =
      Path.of("src/test/resources/org/pharos/pipelines/launcher/steps");
  private static final Voice VOICE =
      new Voice("test", List.of("--runner=DirectRunner"), "", Streaming.AS_OTHERS, Cluster.NONE);
  private static final String FLAGS = "flags:";

  @TestFactory
  Stream<DynamicTest> steps_and_coders_of_each_pipeline_are_as_they_were() {
    return Catalog.pipelines().stream()
        .map(pipeline -> DynamicTest.dynamicTest(pipeline.name(), () -> check(pipeline)));
  }

  @Test
  void each_file_belongs_to_a_pipeline() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    Catalog.pipelines().forEach(pipeline -> expected.add(pipeline.name() + ".txt"));
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(expected);
    }
  }

  private static <O extends CassandraOptions> void check(CatalogedPipeline<O> pipeline)
      throws IOException {
    Path file = FILES.resolve(pipeline.name() + ".txt");
    assertThat(file)
        .as("a new pipeline needs this file: a first line \"%s --NAME=VALUE ...\"", FLAGS)
        .exists();
    String flags = Files.readAllLines(file).get(0);
    String now = flags + "\n" + StepNames.of(assembled(pipeline, flags));
    if (Boolean.getBoolean("pharos.steps.update")) {
      Path ignored = Files.writeString(file, now);
    }
    assertThat(now)
        .as(
            "Steps or coders of %s have changed: state of running jobs would be lost. If that is"
                + " meant, write them anew with -Dpharos.steps.update=true (CONTRIBUTING tells how)"
                + " and say so in the notes",
            pipeline.name())
        .isEqualTo(Files.readString(file));
  }

  private static <O extends CassandraOptions> Pipeline assembled(
      CatalogedPipeline<O> cataloged, String line) {
    assertThat(line).startsWith(FLAGS);
    List<String> flags =
        Stream.of(line.substring(FLAGS.length()).split(" "))
            .filter(flag -> !flag.isEmpty())
            .collect(Collectors.toList());
    flags.add("--contactPoints=127.0.0.1");
    flags.add("--localDatacenter=dc1");
    O options = Arguments.parse(VOICE, flags, cataloged.options());
    cataloged.check().accept(options);
    options.setDescribedTables(
        cataloged.describes().apply(options).stream()
            .collect(Collectors.toMap(Function.identity(), StepNamesTest::described)));
    if (TargetOptions.class.isAssignableFrom(cataloged.options())) {
      options.as(TargetOptions.class).setDescribedTarget(described("target"));
    }
    Pipeline pipeline = Pipeline.create(options);
    cataloged.assemble().accept(pipeline, options);
    return pipeline;
  }

  private static Table described(String name) {
    return Table.named("pharos", name)
        .partitionKey("a", CqlType.INT)
        .clusteringKey("b", CqlType.TIMESTAMP)
        .column("c", CqlType.TEXT)
        .build();
  }
}
