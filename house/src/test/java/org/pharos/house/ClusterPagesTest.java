package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PortablePipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.text.IndexWords;

/** The page on clusters and what is beside it, against what the build knows better. */
class ClusterPagesTest {
  private static final Path ROOT = Path.of(System.getProperty("pharos.root"));

  /**
   * Options that are none of a pipeline on Flink: of the script, servers, Java, Spark, its client.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "runner",
          "port",
          "taskManagers",
          "slots",
          "version",
          "add-opens",
          "from-literal",
          "sparkMaster",
          "master",
          "conf");

  private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--([a-zA-Z][a-zA-Z-]*)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.md",
        "kubernetes/application.yaml",
        "kubernetes/session.yaml",
        "airflow/pharos_index_words.py"
      })
  void every_option_exists(String page) throws IOException {
    Set<String> known =
        Stream.concat(
                OTHERS.stream(),
                Stream.of(
                        IndexWords.Options.class,
                        FlinkPipelineOptions.class,
                        PortablePipelineOptions.class)
                    .flatMap(ClusterPagesTest::getters)
                    .map(Arguments::option))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(OPTION.matcher(page(page)).results().map(found -> found.group(1)))
        .isNotEmpty()
        .isSubsetOf(known);
  }

  private static Stream<Method> getters(Class<? extends PipelineOptions> type) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> method.getName().matches("(get|is)[A-Z].*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes/application.yaml", "kubernetes/session.yaml"})
  void a_manifest_opens_what_the_build_opens(String manifest) throws IOException {
    List<String> opens =
        Pattern.compile("<jvm.opens>(.*)</jvm.opens>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(opens).hasSize(1);
    assertThat(page(manifest).replaceAll("\\s+", " ")).contains(opens.get(0));
  }

  @Test
  void every_file_that_the_page_links_to_is_there() throws IOException {
    assertThat(
            Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(page("cluster.md"))
                .results()
                .map((MatchResult found) -> ROOT.resolve("docs").resolve(found.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
  }

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }
}
