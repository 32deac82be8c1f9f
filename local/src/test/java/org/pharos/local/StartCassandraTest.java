package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCassandraTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void all_options_are_understood() {
    assertThat(
            StartArguments.parse(
                "--nodes=3",
                "--racks=2",
                "--port=9999",
                "--heap=700",
                "--version=4.1.10",
                "--directory=data",
                "--authentication"))
        .contains(
            new StartArguments(
                3,
                2,
                9999,
                700,
                new CassandraVersion(4, 1, "4.1.10"),
                true,
                Optional.of(Path.of("data"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
--nodes=ten    | --nodes=ten is not allowed; allowed: a number from 1 to 9
--port=80      | --port=80 is not allowed; allowed: a number from 1024 to 65535
--version=3.11 | --version=3.11: Cassandra version 3.11: use 4.0 or later, in full, as in 5.0.9, 4.1.10 or 4.0.19
--directory=   | --directory= needs a path, as in --directory=cassandra-data
--colour       | --colour is not an option; allowed: --nodes, --racks, --port, --heap, --version, --directory, --authentication, --help
""")
  void a_wrong_option_ends_with_two_and_says_what_is_allowed(String argument, String message) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("%s%n--help lists the options.%n".formatted(message));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void help_is_printed_where_it_is_asked_for() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(StartArguments.HELP);
  }

  private int run(String... arguments) {
    return StartCassandra.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
