package org.pharos.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, and one small drill from end to end. */
class DrillLauncherTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new DrillLauncher(stream(out), stream(err), false).run(List.of(arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String refused(String... arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    return text(err).trim();
  }

  @Test
  void every_drill_is_listed_with_what_goes_wrong() {
    assertThat(run("list", "--runner=flink")).isZero();
    assertThat(text(out).lines())
        .hasSize(Catalog.DRILLS.size())
        .anyMatch(line -> line.matches("kill-node +kill -9 of one of three nodes .*"));
    assertThat(Catalog.DRILLS).extracting(Drill::name).doesNotHaveDuplicates();
  }

  @Test
  void help_tells_every_option() {
    assertThat(run("--runner=flink", "--help")).isZero();
    assertThat(text(out)).contains("--rows=N", "--runner=RUNNER", "--json=FILE", "--logs=FOLDER");
  }

  @Test
  void what_cannot_be_is_refused_with_what_is_allowed(@TempDir Path folder) {
    assertThat(refused()).contains("drill takes the name of a drill, or all");
    assertThat(refused("kill-nodes"))
        .startsWith("pharos: there is no drill \"kill-nodes\"; there are all, kill-node, ");
    assertThat(refused("all", "--rows=10"))
        .isEqualTo("pharos: --rows=10: a whole number from 1000 to 100000000 is allowed");
    assertThat(refused("all", "--rows=many"))
        .isEqualTo("pharos: --rows=many: a whole number from 1000 to 100000000 is allowed");
    assertThat(refused("all", "--runner=spark"))
        .isEqualTo("pharos: --runner=spark: flink or direct is allowed");
    assertThat(refused("all", "--json=" + folder))
        .isEqualTo("pharos: --json=" + folder + ": a file in a folder that there is, is allowed");
    assertThat(refused("all", "--json=" + folder.resolve("no/file.json")))
        .contains("a file in a folder that there is, is allowed");
    assertThat(refused("all", "--json"))
        .isEqualTo("pharos: --json: needs a path, as in --json=drills");
    assertThat(refused("all", "--raws=1"))
        .isEqualTo(
            "pharos: --raws=1: there is no such option; --rows, --runner, --json, --logs and --help"
                + " are allowed");
  }

  @Test
  void arguments_become_what_is_asked_for(@TempDir Path folder) {
    DrillArguments arguments =
        DrillArguments.parse(
            List.of("bad-rows", "--rows=5000", "--runner=direct", "all", "--logs=" + folder));

    assertThat(arguments.drills()).hasSize(Catalog.DRILLS.size());
    assertThat(arguments.drills().get(0).name()).isEqualTo("bad-rows");
    assertThat(arguments.rows()).isEqualTo(5_000);
    assertThat(arguments.runner()).isEqualTo("direct");
    assertThat(arguments.json()).isEmpty();
    assertThat(arguments.logs()).isEqualTo(folder);
  }

  @Test
  @Tag("slow")
  void a_small_drill_passes_from_end_to_end(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("findings.json");

    int code =
        run("bad-rows", "--rows=3000", "--runner=direct", "--json=" + json, "--logs=" + folder);

    assertThat(text(out) + text(err))
        .containsPattern("\\| bad-rows +\\| write +\\| +2,997 +\\| +2,997 +\\| +0 +\\| +0 +\\| +3 ")
        .contains("| passed |");
    assertThat(code).isZero();
    assertThat(Files.readString(json)).contains("\"rowsFound\" : 2997", "\"passed\" : true");
  }
}
