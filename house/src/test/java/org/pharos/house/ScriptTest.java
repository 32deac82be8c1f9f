package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.house.Checkout.Ended;
import org.pharos.pipelines.launcher.Catalog;

/** The {@code pharos} script as a process: what it says, how it ends, and when it builds. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a Unix shell")
class ScriptTest {
  @TempDir Path work;

  private Checkout checkout;

  @BeforeEach
  void check_out() throws IOException {
    checkout = Checkout.in(work);
  }

  @Test
  void help_tells_the_commands() throws Exception {
    Ended help = checkout.run("--help");

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith(
            "usage: ./pharos COMMAND [--runner=direct|flink|spark|portable] [--flag=value ...]\n")
        .contains("  quickstart ", "  list ", "  run NAME ", "  cassandra ", "  kafka ", "  flink ")
        .contains("Exit codes: 0 done, 1 the job failed,\n2 bad arguments.");
    assertThat(checkout.run("help")).isEqualTo(help);
    assertThat(checkout.run()).isEqualTo(new Ended(2, "", help.out()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runner=direct", "--runner=flink"})
  void list_names_every_pipeline_on_each_runner(String runner) throws Exception {
    Ended list = checkout.run("list", runner);

    assertThat(list.err()).isEmpty();
    assertThat(list.code()).isZero();
    assertThat(list.out().lines().map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(
            Catalog.pipelines().stream().map(pipeline -> pipeline.name()).toList());
    assertThat(checkout.builds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
fly                                       | there is no command "fly"; there are quickstart, list, run, cassandra, kafka, flink, bench and drill
list --runner=spaceship                   | --runner=spaceship: direct, flink, spark or portable is allowed, as in --runner=direct
list --runner                             | --runner: direct, flink, spark or portable is allowed, as in --runner=direct
run                                       | run takes the name of a pipeline first; `list` lists them
run load-foodmart --colour=red            | --colour: there is no such option; --help lists those there are
run load-foodmart --data=d --tls=perhaps  | --tls=perhaps: true or false is allowed
run load-foodmart --data=d --replicationFactor=two | --replicationFactor=two: a whole number from -2147483648 to 2147483647 is allowed
run look-up --keys=k --rows=r --tables=a.b | --tables=a.b: the name of a table is allowed, or NAME:N for the first N key columns
""")
  void a_bad_argument_ends_with_two_and_says_what_is_allowed(String arguments, String message)
      throws Exception {
    Ended ended = checkout.run(arguments.split(" "));

    assertThat(ended.err()).isEqualTo("pharos: " + message + "\n");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void a_pipeline_that_is_not_there_ends_with_two_and_the_names_of_those_there_are()
      throws Exception {
    String names =
        Catalog.pipelines().stream()
            .map(pipeline -> pipeline.name())
            .collect(Collectors.joining(", "));

    assertThat(checkout.run("run", "sink-ships"))
        .isEqualTo(
            new Ended(
                2, "", "pharos: there is no pipeline \"sink-ships\"; there are " + names + "\n"));
  }

  @Test
  void the_flags_of_a_pipeline_are_told() throws Exception {
    Ended help = checkout.run("run", "load-foodmart", "--help");

    assertThat(help.code()).isZero();
    assertThat(help.out())
        .startsWith("load-foodmart: ")
        .contains("\n  --data ", "\n  --contactPoints ", "\n  --localDatacenter ");
  }

  @Test
  void a_bad_argument_of_the_cassandra_to_play_with_ends_with_two() throws Exception {
    Ended ended = checkout.run("cassandra", "--nodes=ten");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("--nodes=ten is not allowed; allowed: a number from 1 to 9\n");
    assertThat(checkout.run("cassandra", "--help").out()).startsWith("Starts a Cassandra");
  }

  @Test
  void only_the_module_whose_sources_have_changed_is_built() throws Exception {
    checkout.change("pipelines/src/main/java/Source.java");

    Ended failed = checkout.run("list", "--runner=direct");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .startsWith("Building runners/direct (the first time")
        .endsWith("no build\npharos: the build failed; see above\n");
    assertThat(checkout.builds()).isEqualTo(List.of(build("runners/direct", "true")));
    assertThat(checkout.run("cassandra", "--help").code()).isZero();
    assertThat(checkout.builds()).hasSize(1);
  }

  @Test
  void the_jar_for_clusters_is_built_where_a_job_is_submitted_to_one() throws Exception {
    Ended failed = checkout.run("run", "load-foodmart", "--flinkMaster=127.0.0.1:1", "--data=d");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(checkout.builds()).isEqualTo(List.of(build("runners/flink", "false")));
  }

  private static String build(String module, String withoutJar) {
    return "-q -pl "
        + module
        + " -am -DskipTests -Dcluster.jar.skip="
        + withoutJar
        + " package dependency:build-classpath"
        + " -Dmdep.outputFile=target/pharos.classpath -DincludeScope=runtime";
  }
}
