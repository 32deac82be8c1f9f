package org.pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.FirstSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.CassandraCluster;
import org.pharos.local.WithCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;

/** The programs of README and docs are files that compile here, and the first runs. */
@WithCassandra
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("pharos.root"));
  private static final Path PROGRAMS = Path.of("src/test/java/com/example");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void all_java_of_readme_and_docs_is_compiled_here() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> programs = Files.list(PROGRAMS)) {
      assertThat(
              Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                  .filter(file -> file.toString().endsWith(".md"))
                  .flatMap(file -> JAVA.matcher(text(file)).results())
                  .map(block -> block.group(1)))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(programs.map(ReadmeTest::shown).toList());
    }
  }

  private static String shown(Path program) {
    return text(program).split("  // SHOWN\n")[1].indent(-2);
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
    return text(file).lines();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
