package org.pharos.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;

class ArgumentsTest {
  private static final Voice VOICE =
      new Voice(
          "direct",
          List.of("--runner=DirectRunner", "--targetParallelism=3"),
          "",
          Streaming.AS_OTHERS,
          Cluster.NONE);

  @TempDir Path folder;

  /** Options as a pipeline would have. */
  public interface Options extends CassandraOptions {
    @Description("how many of them")
    @Default.Integer(4)
    int getCount();

    void setCount(int count);

    @Description("where from")
    @Validation.Required
    String getData();

    void setData(String data);

    @Default.Enum("LEFT")
    Side getSide();

    void setSide(Side side);
  }

  /** Two of them. */
  public enum Side {
    LEFT,
    RIGHT
  }

  @Test
  void reads_options_after_those_of_the_runner() {
    Options options = parse("--data=here", "--count=-7", "--side=RIGHT", "--contactPoints=a,b:1");

    assertThat(options.getRunner()).isEqualTo(DirectRunner.class);
    assertThat(options.getData()).isEqualTo("here");
    assertThat(options.getCount()).isEqualTo(-7);
    assertThat(options.getSide()).isEqualTo(Side.RIGHT);
    assertThat(options.getContactPoints()).containsExactly("a", "b:1");
    assertThat(options.getKeyspace()).isEqualTo("pharos");
  }

  @Test
  void lets_an_option_of_the_user_take_the_place_of_the_runners() {
    Options options = parse("--data=here", "--targetParallelism=1");

    assertThat(
            options.as(org.apache.beam.runners.direct.DirectOptions.class).getTargetParallelism())
        .isEqualTo(1);
  }

  @Test
  void takes_a_truth_without_a_value_as_true() {
    assertThat(parse("--data=here", "--tls").isTls()).isTrue();
  }

  @Test
  void reads_the_file_of_driver_settings() throws IOException {
    Path file =
        Files.writeString(folder.resolve("driver.conf"), "basic.request.timeout = 5 seconds");

    assertThat(parse("--data=here", "--driverConfigFile=" + file).getDriverConfig())
        .isEqualTo("basic.request.timeout = 5 seconds");
  }

  @Test
  void names_an_option_that_does_not_exist_and_the_closest_one() {
    assertBad(
        "--contactPoint: there is no such option; did you mean --contactPoints?",
        "--data=here",
        "--contactPoint=a");
    assertBad(
        "--password: there is no such option; --help lists those there are",
        "--data=here",
        "--password=secret");
  }

  @Test
  void names_option_value_and_what_is_allowed() {
    assertBad(
        "--count=many: a whole number from -2147483648 to 2147483647 is allowed",
        "--data=here",
        "--count=many");
    assertBad(
        "--count=3000000000: a whole number from -2147483648 to 2147483647 is allowed",
        "--data=here",
        "--count=3000000000");
    assertBad("--side=UP: one of LEFT, RIGHT is allowed", "--data=here", "--side=UP");
    assertBad("--tls=maybe: true or false is allowed", "--data=here", "--tls=maybe");
    assertBad("--count: needs a value, as in --count=...", "--data=here", "--count");
    assertBad("--data=there: is given twice", "--data=here", "--data=there");
    assertBad("\"data\" is no option; options look like --name=value", "data");
    assertBad(
        "--driverConfigFile=/no/such: is not a file that can be read",
        "--data=here",
        "--driverConfigFile=/no/such");
  }

  @Test
  void names_a_file_or_variable_of_the_connection_that_is_missing() throws IOException {
    for (String option : List.of("secureConnectBundle", "trustStore", "keyStore")) {
      assertBad(
          "--"
              + option
              + "=/no/such: is not a file that can be read here; it must be, as on every worker",
          "--data=here",
          "--" + option + "=/no/such");
      assertBad(
          "--"
              + option
              + "="
              + folder
              + ": is not a file that can be read here; it must be, as on every worker",
          "--data=here",
          "--" + option + "=" + folder);
    }
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    for (String option :
        List.of("passwordFrom", "trustStorePasswordFrom", "keyStorePasswordFrom")) {
      assertBad(
          "--"
              + option
              + "=file:/no/such: the file /no/such, which should hold a secret, cannot be read on"
              + " this worker (NoSuchFileException). Put it on every machine that runs the"
              + " pipeline, readable by its user",
          "--data=here",
          "--" + option + "=file:/no/such");
      assertBad(
          "--"
              + option
              + "=env:PHAROS_NO_SUCH_VARIABLE: the environment variable PHAROS_NO_SUCH_VARIABLE,"
              + " which should hold a secret, is not set on this worker. Set it for every JVM that"
              + " runs the pipeline",
          "--data=here",
          "--" + option + "=env:PHAROS_NO_SUCH_VARIABLE");
      assertBad(
          "--" + option + "=file:" + empty + ": holds nothing; it must hold a password",
          "--data=here",
          "--" + option + "=file:" + empty);
      assertBad(
          "--"
              + option
              + "=...: a secret is given by reference, as env:NAME (an environment variable of the"
              + " workers) or file:PATH (a file on the workers), never as text",
          "--data=here",
          "--" + option + "=geheim");
    }
  }

  @Test
  void keeps_a_password_out_of_the_options_that_travel() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "geheim");
    Options options = parse("--data=here", "--username=ann", "--passwordFrom=file:" + password);

    assertThat(PipelineOptionsTranslation.toProto(options).toString())
        .contains("file:" + password)
        .doesNotContain("geheim");
    assertThat(options.toString()).doesNotContain("geheim");
  }

  @Test
  void tells_every_option_of_encryption_and_bundles() {
    assertThat(Arguments.documented(CassandraOptions.class))
        .filteredOn(getter -> !Arguments.description(getter).isBlank())
        .extracting(Arguments::option)
        .contains(
            "username",
            "passwordFrom",
            "tls",
            "trustStore",
            "trustStorePasswordFrom",
            "keyStore",
            "keyStorePasswordFrom",
            "checkHostNames",
            "secureConnectBundle");
  }

  @Test
  void names_what_is_needed_and_missing() {
    assertBad("--data: is needed: where from", "--count=1");
  }

  private static void assertBad(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments)).isInstanceOf(BadOption.class).hasMessage(message);
  }

  private static Options parse(String... arguments) {
    return Arguments.parse(VOICE, List.of(arguments), Options.class);
  }
}
