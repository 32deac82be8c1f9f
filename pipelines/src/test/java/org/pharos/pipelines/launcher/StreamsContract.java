package org.pharos.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.kafka.KafkaOptions;

/**
 * What every pipeline without an end must do, whatever the runner: each runner's module has a
 * subclass. Pipelines start from the command line, run until the tables are as they must be, and
 * are stopped.
 */
@WithCassandra
public abstract class StreamsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final TestKeyspace keyspace;
  private final Voice voice;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  /** The contract on a runner, in a keyspace of its own. */
  protected StreamsContract(Voice voice, TestKeyspace keyspace) {
    this.voice = voice;
    this.keyspace = keyspace;
  }

  /** Ends what the launcher runs on a thread: by default an interrupt, as Ctrl-C is, does. */
  protected void stop(Thread launcher) {
    launcher.interrupt();
  }

  @Test
  void ingests_events_of_which_the_last_wins_and_sets_the_others_aside() throws Exception {
    String topic = topic("visits", 2);
    keyspace.execute(
        "CREATE TABLE visits (visitor text PRIMARY KEY, at timestamp, page text, seconds int)");
    send(
        topic,
        0,
        "ada",
        "{\"at\":\"2026-03-14T09:00:00Z\",\"page\":\"a\",\"seconds\":1}",
        "{\"at\":\"2026-03-14T09:05:00Z\",\"page\":\"b\"}",
        "{\"at\":\"2026-03-14T09:05:00Z\",\"page\":\"b\"}",
        "{\"at\":\"2026-03-14T09:01:00Z\",\"page\":\"c\",\"seconds\":3}",
        "no json",
        "{\"at\":\"2026-03-14T09:09:00Z\",\"seconds\":\"many\"}",
        "{\"at\":\"2126-03-14T09:00:00Z\",\"page\":\"future\"}");
    send(topic, 1, null, "{\"at\":\"2026-03-14T09:00:00Z\",\"page\":\"keyless\"}");
    send(topic, 1, "bob", "{\"at\":1773478800000,\"page\":\"d\",\"more\":[1]}");

    try (Running job =
        run(
            "ingest-events",
            "--topics=" + topic,
            "--table=visits",
            "--keyColumn=visitor",
            "--timeColumn=at",
            "--deadLetterTable=bad_visits",
            "--createTables=true")) {
      job.await(
          "SELECT visitor, at, page, seconds FROM visits",
          "ada, 2026-03-14T09:05:00Z, b, 3",
          "bob, 2026-03-14T09:00:00Z, d, null");
      job.await(
          "SELECT partition, offset, step, reason FROM bad_visits",
          "0, 4, DecodeEvents, MAPPING",
          "0, 5, DecodeEvents, MAPPING",
          "0, 6, WriteTable " + keyspace.name() + ".visits, TIME",
          "1, 0, WriteTable " + keyspace.name() + ".visits, KEY");

      send(topic, 1, "bob", "{\"at\":\"2026-03-14T10:00:00Z\",\"page\":\"e\"}");
      job.await(
          "SELECT visitor, at, page, seconds FROM visits WHERE visitor = 'bob'",
          "bob, 2026-03-14T10:00:00Z, e, null");
    }

    Row letter =
        keyspace
            .execute("SELECT topic, key, value FROM bad_visits WHERE offset = 4 ALLOW FILTERING")
            .one();
    assertThat(letter).isNotNull();
    assertThat(letter.getString("topic")).isEqualTo(topic);
    assertThat(text(letter.getBytesUnsafe("key").array())).isEqualTo("ada");
    assertThat(text(letter.getBytesUnsafe("value").array())).isEqualTo("no json");
  }

  @Test
  void messages_that_are_no_events_go_to_a_topic_as_they_were() throws Exception {
    String topic = topic("readings", 1);
    SharedKafka.create(topic + "-bad", 1);
    keyspace.execute("CREATE TABLE readings (sensor text PRIMARY KEY, degrees double)");
    send(topic, 0, "k", "{\"sensor\":\"roof\",\"degrees\":7.5}", "\u0000\u0001", null);

    try (Running job =
        run(
            "ingest-events",
            "--topics=" + topic,
            "--table=readings",
            "--deadLetterTopic=" + topic + "-bad")) {
      job.await("SELECT sensor, degrees FROM readings", "roof, 7.5");
      job.awaitTrue(() -> letters(topic).size() >= 2);
    }

    assertThat(letters(topic).stream().distinct())
        .containsExactlyInAnyOrder(
            "k=0001 topic=" + topic + " partition=0 offset=1 step=DecodeEvents reason=MAPPING",
            "k=null topic=" + topic + " partition=0 offset=2 step=DecodeEvents reason=MAPPING");
  }

  @Test
  void sums_events_up_by_sessions_of_which_the_newest_result_stays() throws Exception {
    String topic = topic("orders", 2);
    keyspace.execute("CREATE TABLE orders (shop text PRIMARY KEY, at timestamp, n int, who text)");
    send(
        topic,
        0,
        "x",
        order("09:00", 5, "ada"),
        order("09:40", 7, "bob"),
        "no json",
        "{\"n\":1,\"who\":\"timeless\"}",
        "{\"at\":\"2126-03-14T09:00:00Z\",\"n\":1,\"who\":\"future\"}");
    send(topic, 1, "y", order("09:00", 1, "ada"), "{\"at\":\"2026-03-14T09:10:00Z\"}");
    send(topic, 1, null, order("09:00", 1, "keyless"));
    String sums =
        "SELECT shop, window_start, window_end, revision, count, sum_n, min_n, max_n, mean_n,"
            + " distinct_who FROM sums";

    try (Running job =
        run(
            "aggregate-events",
            "--topics=" + topic,
            "--events=orders",
            "--target=sums",
            "--keyColumn=shop",
            "--by=shop",
            "--aggregates=count,sum(n),min(n),max(n),mean(n),distinct(who)",
            "--window=session:30m",
            "--timeColumn=at",
            "--allowedLateness=3650d",
            "--early=200ms",
            "--deadLetterTable=bad_orders",
            "--createTables=true")) {
      job.await(
          sums,
          "x, 2026-03-14T09:00:00Z, 2026-03-14T09:30:00Z, 1, 1, 5, 5, 5, 5.0, 1",
          "x, 2026-03-14T09:40:00Z, 2026-03-14T10:10:00Z, 1, 1, 7, 7, 7, 7.0, 1",
          "y, 2026-03-14T09:00:00Z, 2026-03-14T09:40:00Z, 2, 2, 1, 1, 1, 1.0, 1");
      job.await(
          "SELECT partition, offset, step, reason FROM bad_orders",
          "0, 2, DecodeEvents, MAPPING",
          "0, 3, CheckTimes, TIME",
          "0, 4, CheckTimes, TIME",
          "1, 2, SummarizeWindows, KEY");

      // It joins both sessions of x, and lowers what it can.
      send(topic, 1, "x", order("09:20", -20, "ada"));
      job.await(
          sums,
          "x, 2026-03-14T09:00:00Z, 2026-03-14T10:10:00Z, 3, 3, -8, -20, 7, " + -8.0 / 3 + ", 2",
          "y, 2026-03-14T09:00:00Z, 2026-03-14T09:40:00Z, 2, 2, 1, 1, 1, 1.0, 1");
    }
  }

  private static String order(String time, int n, String who) {
    return String.format("{\"at\":\"2026-03-14T%s:00Z\",\"n\":%d,\"who\":\"%s\"}", time, n, who);
  }

  @Test
  void features_of_a_stream_are_those_of_a_batch_over_the_same_events() throws Exception {
    String topic = topic("sales", 2);
    keyspace.execute(
        "CREATE TABLE sales (customer text, at timestamp, id int, price double,"
            + " PRIMARY KEY (customer, at, id))");
    Path definition = Files.createTempFile("spending", ".yaml");
    Files.writeString(
        definition,
        """
        view: spending
        version: 1
        events: sales
        entity: [customer]
        time: at
        features:
          sales: count over 2h, all
          cheapest: min(price) over 3h
        """);
    send(topic, 0, "ada", sale("09:10", 1, 5), sale("09:50", 2, 7), sale("09:50", 2, 7), "no json");
    send(topic, 0, "bob", sale("09:20", 3, 2), "{\"at\":\"2026-03-14T09:30:00Z\",\"price\":1}");
    send(topic, 0, "ada", sale("12:20", 4, 9));
    String newest =
        "SELECT customer, as_of, sales_2h, sales_all, cheapest_3h FROM spending_v1_online";
    String atTen =
        "SELECT sales_2h, sales_all, cheapest_3h FROM spending_v1_history"
            + " WHERE customer = 'bob' AND as_of = '2026-03-14T10:00:00Z'";

    try (Running job =
        run(
            "stream-features",
            "--topics=" + topic,
            "--definition=" + definition,
            "--keyColumn=customer",
            "--allowedLateness=3650d",
            "--outOfOrder=0s",
            "--deadLetterTable=bad_sales",
            "--createTables=true")) {
      // Three hours after the last, all have left their windows.
      job.await(
          newest, "ada, 2026-03-14T16:00:00Z, 0, 3, null", "bob, 2026-03-14T13:00:00Z, 0, 1, null");
      job.await(
          "SELECT partition, offset, step, reason FROM bad_sales",
          "0, 3, DecodeEvents, MAPPING",
          "0, 5, DistinctEvents, KEY");
      job.await(atTen + " LIMIT 1", "1, 1, 2.0");
      disturb();

      // Late by months; corrects all that bob's first sale had part in.
      send(topic, 1, "bob", sale("09:40", 5, 1), sale("09:40", 5, 1));
      job.await(
          newest, "ada, 2026-03-14T16:00:00Z, 0, 3, null", "bob, 2026-03-14T13:00:00Z, 0, 2, null");
      job.await(atTen + " LIMIT 1", "2, 2, 1.0");
    }
    // What was known before stays known as of then.
    assertThat(keyspace.execute(atTen).all())
        .extracting(row -> String.join(", ", cells(row)))
        .contains("1, 1, 2.0");
    for (String row :
        List.of(
            "'ada', '2026-03-14T09:10:00Z', 1, 5",
            "'ada', '2026-03-14T09:50:00Z', 2, 7",
            "'ada', '2026-03-14T12:20:00Z', 4, 9",
            "'bob', '2026-03-14T09:20:00Z', 3, 2",
            "'bob', '2026-03-14T09:40:00Z', 5, 1")) {
      keyspace.execute("INSERT INTO sales (customer, at, id, price) VALUES (" + row + ")");
    }
    String stated = "SELECT customer, as_of, sales_2h, sales_all, cheapest_3h FROM ";
    List<String> streamed = newestByTime(stated + "spending_v1_history");
    Files.writeString(definition, Files.readString(definition).replace("version: 1", "version: 2"));
    try (Running job =
        run(
            "build-features",
            "--definition=" + definition,
            "--statedAt=2026-03-14T10:00:00Z/2026-03-14T16:00:00Z/1h",
            "--createTables=true")) {
      job.awaitEnd();
    }
    List<String> built = newestByTime(stated + "spending_v2_history");
    assertThat(streamed).hasSizeGreaterThan(6);
    assertThat(built).containsAll(streamed);

    // Begun at noon from the table: the topic's events of before are not counted once more.
    Files.writeString(definition, Files.readString(definition).replace("version: 2", "version: 3"));
    List<String> afternoon =
        streamed.stream()
            .filter(row -> row.split(", ", -1)[1].compareTo("2026-03-14T12:00:00Z") > 0)
            .toList();
    try (Running job =
        run(
            "stream-features",
            "--topics=" + topic,
            "--definition=" + definition,
            "--eventsUntil=2026-03-14T12:00:00Z",
            "--keyColumn=customer",
            "--allowedLateness=3650d",
            "--outOfOrder=0s",
            "--deadLetterTable=bad_sales",
            "--createTables=true")) {
      job.await(
          newest.replace("v1", "v3"),
          "ada, 2026-03-14T16:00:00Z, 0, 3, null",
          "bob, 2026-03-14T13:00:00Z, 0, 2, null");
      // The history is written by a step of its own.
      job.awaitTrue(() -> newestByTime(stated + "spending_v3_history").size() >= afternoon.size());
    }
    assertThat(newestByTime(stated + "spending_v3_history")).isEqualTo(afternoon);
  }

  /** Breaks something that the runner mends, while a stream is under way. Default: nothing. */
  protected void disturb() {}

  /** Of each entity and time the row that was known last: the history has it first. */
  private List<String> newestByTime(String cql) {
    Map<List<String>, String> newest = new LinkedHashMap<>();
    for (Row row : keyspace.execute(cql)) {
      List<String> cells = cells(row);
      newest.putIfAbsent(cells.subList(0, 2), String.join(", ", cells));
    }
    return newest.values().stream().sorted().toList();
  }

  private static String sale(String time, int id, int price) {
    return String.format("{\"at\":\"2026-03-14T%s:00Z\",\"id\":%d,\"price\":%d}", time, id, price);
  }

  @Test
  void follows_a_table_while_it_is_written() throws Exception {
    keyspace.execute(
        "CREATE TABLE events (shard int, hour timestamp, at timestamp, id int, what text,"
            + " PRIMARY KEY ((shard, hour), at, id))");
    keyspace.execute(
        "CREATE TABLE followed (id int PRIMARY KEY, at timestamp, shard int, hour timestamp, what"
            + " text)");
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(3700);
    List<String> expected = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      expected.add(event(id, start.plusSeconds(190L * id)));
    }
    String followed = "SELECT id, at, shard, what, writetime(what) FROM followed";

    try (Running job =
        run(
            "follow-table",
            "--table=events",
            "--target=followed",
            "--bucketColumn=hour",
            "--bucketSeconds=3600",
            "--partitions={\"shard\":[0,1]}",
            "--since=" + start)) {
      job.await(followed, expected.toArray(new String[0]));

      for (int id = 20; id < 40; id++) {
        // Every fifth is written two seconds after its time, which the overlap covers.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        expected.add(event(id, id % 5 == 0 ? now.minusSeconds(2) : now));
        Thread.sleep(50);
      }
      job.await(followed, expected.toArray(new String[0]));
    }
  }

  /** Writes an event, and tells it as it is to be in the table that follows. */
  private String event(int id, Instant at) {
    keyspace.execute(
        "INSERT INTO events (shard, hour, at, id, what) VALUES (?, ?, ?, ?, ?)",
        id % 2,
        at.truncatedTo(ChronoUnit.HOURS),
        at,
        id,
        "what " + id);
    return id + ", " + at + ", " + id % 2 + ", what " + id + ", " + at.toEpochMilli() * 1000;
  }

  private static List<String> letters(String topic) {
    List<String> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : SharedKafka.read(topic + "-bad", 1)) {
      byte[] value = message.value();
      StringBuilder letter = new StringBuilder(text(message.key()) + "=");
      letter.append(value == null ? "null" : HexFormat.of().formatHex(value));
      for (String name : List.of("topic", "partition", "offset", "step", "reason")) {
        Header header = message.headers().lastHeader("pharos." + name);
        letter.append(" ").append(name).append("=");
        letter.append(header == null ? "?" : text(header.value()));
      }
      letters.add(letter.toString());
    }
    return letters;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A new topic. */
  protected static String topic(String name, int partitions) {
    String topic = name + "-" + UUID.randomUUID();
    SharedKafka.create(topic, partitions);
    return topic;
  }

  /** Sends messages of one key. */
  protected static void send(
      String topic, int partition, @Nullable String key, @Nullable String... values) {
    SharedKafka.send(
        Arrays.stream(values)
            .map(value -> new ProducerRecord<>(topic, partition, bytes(key), bytes(value)))
            .toList());
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Something that is so, or not yet. */
  protected interface Condition {
    boolean holds() throws Exception;
  }

  /** Starts a pipeline on a thread of its own. */
  protected final Running run(String pipeline, String... flags) {
    return run(voice, pipeline, flags);
  }

  /** Starts a pipeline with another launcher. */
  protected final Running run(Voice by, String pipeline, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline));
    arguments.addAll(Arrays.asList(flags));
    if (KafkaOptions.class.isAssignableFrom(Catalog.named(pipeline).options())) {
      arguments.add("--bootstrapServers=" + SharedKafka.bootstrapServers());
    }
    arguments.add("--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()));
    arguments.add("--localDatacenter=" + keyspace.cluster().datacenter());
    arguments.add("--keyspace=" + keyspace.name());
    return new Running(by, arguments);
  }

  /** A job that goes on until it is closed. */
  protected final class Running implements AutoCloseable {
    private final Thread thread;
    private boolean ended;

    Running(Voice by, List<String> arguments) {
      PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
      thread =
          new Thread(
              () -> {
                int code = new Launcher(by, out, out, false).run(arguments.toArray(new String[0]));
                out.println("exit code " + code);
              },
              "launcher");
      thread.setDaemon(true);
      thread.start();
    }

    /** Waits until a query gives exactly these rows, in any order. */
    public void await(String cql, String... rows) throws Exception {
      List<String> expected = Arrays.stream(rows).sorted().toList();
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!rows(cql).equals(expected) && thread.isAlive() && Instant.now().isBefore(deadline)) {
        Thread.sleep(100);
      }
      assertThat(rows(cql)).as(told()).isEqualTo(expected);
    }

    /** Waits until something is so. */
    public void awaitTrue(Condition condition) throws Exception {
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!condition.holds() && thread.isAlive() && Instant.now().isBefore(deadline)) {
        Thread.sleep(200);
      }
      assertThat(condition.holds()).as(told()).isTrue();
    }

    /** Waits until it has ended, for another reason than that it is closed. */
    public void awaitEnd() {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertThat(thread.isAlive()).as("runs on after it was stopped").isFalse();
      ended = true;
    }

    /** All that the launchers of this test have said. */
    public String told() {
      return told.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      if (!ended) {
        assertThat(thread.isAlive()).as(told()).isTrue();
        stop(thread);
        awaitEnd();
      }
    }
  }

  /** The rows of a query as text, sorted; none while its table is missing. */
  private List<String> rows(String cql) {
    List<String> rows = new ArrayList<>();
    try {
      for (Row row : keyspace.execute(cql)) {
        rows.add(String.join(", ", cells(row)));
      }
    } catch (com.datastax.oss.driver.api.core.servererrors.InvalidQueryException e) {
      return List.of();
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
      cells.add(String.valueOf(row.getObject(i)));
    }
    return cells;
  }
}
