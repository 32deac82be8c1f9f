package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.FirstSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.CassandraCluster;
import org.pharos.local.WithCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;

/** The README's program is a file that compiles and runs here. */
@WithCassandra
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("pharos.root"));
  private static final Path PROGRAM = Path.of("src/test/java/com/example/FirstSteps.java");

  @Test
  void the_readme_shows_the_program_that_runs_here() throws IOException {
    String program = Files.readString(PROGRAM).split("  // README\n")[1].indent(-2);

    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + program + "```");
  }

  @Test
  void the_readme_is_read_in_five_minutes() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void the_program_of_the_readme_writes_a_row_and_reads_it_back(
      CassandraCluster cassandra, @TempDir Path work) throws IOException {
    FirstSteps.run(
        CassandraConnection.to(cassandra.contactPoints())
            .withLocalDatacenter(cassandra.datacenter()),
        work.resolve("purchases").toString());

    try (Stream<Path> files = Files.list(work)) {
      List<String> lines = files.filter(Files::isRegularFile).flatMap(ReadmeTest::lines).toList();
      assertThat(lines)
          .containsExactly(
              "Purchase[customer=ada, at=2026-03-14T09:26:53.000Z, product=tea, price=3.5]");
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
