package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.runners.flink.JavaProcess.Ended;
import org.pharos.schemas.text.TextTables;

/** The jar for clusters by Flink's own client, on Flink 1.19 and on the minor version before. */
@Tag("slow")
@WithCassandra
class FlinkClientIT {
  private static final Map<String, LocalFlink> CLUSTERS = new ConcurrentHashMap<>();

  private final TestKeyspace keyspace;

  @TempDir Path directory;

  FlinkClientIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @AfterAll
  static void end_clusters() {
    CLUSTERS.values().forEach(LocalFlink::close);
  }

  @BeforeEach
  void drop_tables() {
    for (String table : List.of("documents", "document_tokens", "terms", "numbers")) {
      keyspace.execute("DROP TABLE IF EXISTS " + table);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.19.0", "1.18.1"})
  void flink_run_takes_a_pipeline_of_the_jar(String version) throws Exception {
    TextTables.documents(keyspace.name()).createStatements().forEach(keyspace::execute);
    keyspace.execute("INSERT INTO documents (id, text) VALUES ('a', 'The lamp of the tower')");
    keyspace.execute("INSERT INTO documents (id, text) VALUES ('b', 'A tower by the sea')");

    Ended ended = flink(version, run("run", "index-words", "--createTables=true"));

    assertThat(ended.out()).contains("index-words: done in", "rows_written");
    assertThat(ended.code()).isZero();
    assertThat(
            keyspace
                .execute("SELECT documents, occurrences FROM terms WHERE term = 'tower'")
                .one()
                .getFormattedContents())
        .isEqualTo("[documents:2, occurrences:2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.19.0", "1.18.1"})
  void flink_run_ends_with_one_and_the_reason_where_a_job_cannot_be(String version)
      throws Exception {
    Ended ended = flink(version, run("run", "index-words", "--createTables=true"));

    assertThat(ended.out())
        .contains("pharos: there is no table documents in keyspace " + keyspace.name());
    assertThat(ended.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.19.0", "1.18.1"})
  void a_streaming_job_stops_with_a_savepoint_and_goes_on_from_it(String version) throws Exception {
    keyspace.execute("CREATE TABLE numbers (n bigint PRIMARY KEY, square bigint)");

    String job = submitNumbers(version);
    awaitNumbers(500);
    Ended stopped = flink(version, List.of("stop", job));
    assertThat(stopped.code()).as(stopped.out()).isZero();
    int first = numbers().size();
    long writtenAt = writtenAt();
    String again =
        submitNumbers(version, "-s", found("Savepoint completed. Path: (\\S+)", stopped.out()));
    awaitNumbers(first + 500);
    // Not cancelled: of the rows in flight then, a later one may have arrived before an earlier
    // one.
    Ended ended = flink(version, List.of("stop", again));

    assertThat(ended.code()).as(ended.out()).isZero();
    // The source has two shards, even and odd, which need not have stopped at the same number.
    for (long shard = 0; shard < 2; shard++) {
      long remainder = shard;
      List<Long> own = numbers().stream().filter(n -> n % 2 == remainder).toList();
      assertThat(own)
          .isEqualTo(LongStream.iterate(shard, n -> n + 2).limit(own.size()).boxed().toList());
    }
    // Had it begun anew, the first number would have been written again.
    assertThat(writtenAt()).isEqualTo(writtenAt);
  }

  private String submitNumbers(String version, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "-d"));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of("-C", Path.of("target", "test-classes").toAbsolutePath().toUri().toString()));
    arguments.addAll(List.of("-c", StreamNumbers.class.getName(), SharedFlink.JAR));
    arguments.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--streaming=true",
            "--attachedMode=false",
            "--parallelism=2",
            "--checkpointingInterval=1000"));
    arguments.addAll(JavaProcess.where(keyspace));
    Ended ended = flink(version, arguments);
    assertThat(ended.code()).as(ended.out()).isZero();
    return found("Job has been submitted with JobID ([0-9a-f]{32})", ended.out());
  }

  private List<String> run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", SharedFlink.JAR));
    all.addAll(List.of(arguments));
    all.addAll(JavaProcess.where(keyspace));
    return all;
  }

  private Ended flink(String version, List<String> arguments) throws Exception {
    LocalFlink flink =
        CLUSTERS.computeIfAbsent(version, each -> LocalFlink.builder().version(each).start());
    try (JavaProcess client = JavaProcess.flink(directory, flink, arguments)) {
      return client.ended();
    }
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private void awaitNumbers(int count) throws Exception {
    for (int attempt = 0; attempt < 300 && numbers().size() < count; attempt++) {
      Thread.sleep(200);
    }
    assertThat(numbers()).hasSizeGreaterThanOrEqualTo(count);
  }

  /** In order. */
  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (Row row : keyspace.execute("SELECT n FROM numbers")) {
      numbers.add(row.getLong(0));
    }
    return numbers.stream().sorted().toList();
  }

  /** When the first number was written last. */
  private long writtenAt() {
    return keyspace.execute("SELECT writetime(square) FROM numbers WHERE n = 0").one().getLong(0);
  }
}
