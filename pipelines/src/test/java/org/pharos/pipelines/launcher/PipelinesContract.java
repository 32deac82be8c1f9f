package org.pharos.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.data.UdtValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.jobs.Voice;

/**
 * What every pipeline of the catalog must do, whatever the runner: each runner's module has a
 * subclass. Pipelines start from the command line and their tables are read with plain CQL.
 */
public abstract class PipelinesContract extends LauncherContract {
  /** The contract on a runner, in a keyspace of its own. */
  protected PipelinesContract(Voice voice, TestKeyspace keyspace) {
    super(voice, keyspace);
  }

  @Test
  void loads_a_retailer_and_builds_features_of_its_customers() throws IOException {
    Path data = SmallData.foodMart(folder);
    runs("load-foodmart", "--data=" + data, "--createTables=true");

    assertThat(
            rows(
                "SELECT store_id, period, sold_at, customer_id, line, product_id, store_sales FROM"
                    + " sales"))
        .containsExactlyInAnyOrder(
            "2, 1996-12-26T00:00:00Z, 1997-01-05T00:00:00Z, 7, 0, 1, 1.5000",
            "2, 1996-12-26T00:00:00Z, 1997-01-05T00:00:00Z, 7, 1, 2, 2.2500",
            "2, 1996-12-26T00:00:00Z, 1997-01-05T00:00:00Z, 8, 2, 1, 1.5000",
            "3, 1998-11-26T00:00:00Z, 1998-12-01T00:00:00Z, 7, 0, 1, 0.7500",
            "3, 1998-12-24T00:00:00Z, 1998-12-30T00:00:00Z, 8, 0, 2, 9.0000");
    assertThat(rows("SELECT customer_id, fullname, birthdate, mi FROM customers"))
        .containsExactlyInAnyOrder("7, Ann Sea, 1961-08-26, A.", "8, Bo Lee, 1915-07-03, null");
    assertThat(
            rows("SELECT product_id, product_name, product_category, srp, low_fat FROM products"))
        .containsExactlyInAnyOrder("1, Tea, Drinks, 1.5000, true", "2, Rye, Bread, 2.2500, false");

    runs("build-customer-features", "--asOf=1998-12-02T00:00:00Z", "--createTables=true");

    assertThat(
            rows(
                "SELECT customer_id, as_of, purchases, spend, products, recency_days,"
                    + " favourite_category FROM customer_features"))
        .containsExactlyInAnyOrder(
            "7, 1998-12-02T00:00:00Z, 3, 4.5000, 2, 1, Drinks",
            "8, 1998-12-02T00:00:00Z, 1, 1.5000, 1, 696, Drinks");
  }

  @Test
  void loads_a_word_net_and_indexes_its_words() throws IOException {
    Path data = SmallData.wordNet(folder);
    runs("load-wordnet", "--data=" + data, "--createTables=true");

    assertThat(rows("SELECT id, title, text, attributes FROM documents"))
        .containsExactlyInAnyOrder(
            "n00000001, dog, domestic dog, A dog; a Dog, {part_of_speech=n, topic=noun.animal}",
            "n00000002, animal, a living thing, {part_of_speech=n, topic=noun.Tops}",
            "v00000001, dog, go after, {part_of_speech=v, topic=verb.motion}");
    assertThat(rows("SELECT node, direction, type, neighbor, weight, properties FROM edges"))
        .containsExactlyInAnyOrder(
            "n00000001, OUT, hypernym, n00000002, 1.0, {}",
            "n00000002, IN, hypernym, n00000001, 1.0, {}",
            "n00000001, OUT, derivation, v00000001, 2.0, {words=1>1 2>1}",
            "v00000001, IN, derivation, n00000001, 2.0, {words=1>1 2>1}",
            "n00000002, OUT, hyponym, n00000001, 1.0, {}",
            "n00000001, IN, hyponym, n00000002, 1.0, {}");
    assertThat(rows("SELECT node, out_degree, in_degree FROM degrees"))
        .containsExactlyInAnyOrder("n00000001, 2, 1", "n00000002, 1, 1", "v00000001, 0, 1");

    runs("index-words", "--createTables=true");

    assertThat(rows("SELECT term, documents, occurrences FROM terms"))
        .containsExactlyInAnyOrder(
            "a, 2, 3", "dog, 1, 2", "living, 1, 1", "thing, 1, 1", "go, 1, 1", "after, 1, 1");
    assertThat(
            keyspace()
                .execute("SELECT tokens FROM document_tokens WHERE id = 'v00000001'")
                .one()
                .getList(0, UdtValue.class))
        .extracting(UdtValue::getFormattedContents)
        .containsExactly("{term:'go',start:0,end:2}", "{term:'after',start:3,end:8}");
  }

  @Test
  void digests_tables_and_looks_rows_up() throws IOException {
    keyspace().execute("CREATE TABLE t (a int, b int, c text, PRIMARY KEY (a, b))");
    keyspace().execute("INSERT INTO t (a, b, c) VALUES (1, 1, 'x')");
    keyspace().execute("INSERT INTO t (a, b, c) VALUES (1, 2, 'y')");
    keyspace().execute("INSERT INTO t (a, b) VALUES (2, 1)");
    keyspace().execute("CREATE TABLE empty (a int PRIMARY KEY)");
    Path digests = folder.resolve("digests");
    Path keys = Files.writeString(folder.resolve("keys"), "t\t{\"a\":1}\nt\t{\"a\":3}\n");
    Path found = folder.resolve("found");

    runs("digest-tables", "--tables=t,empty", "--digests=" + digests);
    runs("look-up", "--tables=t", "--keys=" + keys, "--rows=" + found);

    assertThat(Files.readAllLines(digests))
        .containsExactlyInAnyOrder(
            "t 3 " + SmallData.digest("a=1:1b=1:1c=1:x", "a=1:1b=1:2c=1:y", "a=1:2b=1:1"),
            "empty 0 00000000000000000000000000000000");
    assertThat(Files.readAllLines(found))
        .containsExactlyInAnyOrder(
            "t\t{\"a\":1}\t{\"a\":1,\"b\":1,\"c\":\"x\"}",
            "t\t{\"a\":1}\t{\"a\":1,\"b\":2,\"c\":\"y\"}",
            "t\t{\"a\":3}\t");
  }

  @Test
  void finds_what_came_too_late_to_be_followed() throws IOException {
    keyspace()
        .execute(
            "CREATE TABLE events (shard int, hour timestamp, at timestamp, id int, what text,"
                + " PRIMARY KEY ((shard, hour), at, id))");
    keyspace()
        .execute(
            "CREATE TABLE followed (id int PRIMARY KEY, at timestamp, shard int, hour timestamp,"
                + " what text)");
    for (int id = 0; id < 6; id++) {
      keyspace()
          .execute(
              "INSERT INTO events (shard, hour, at, id, what) VALUES (?, ?, ?, ?, ?)",
              id % 2,
              Instant.parse("2026-03-14T09:00:00Z").plusSeconds(id / 3 * 3600L),
              Instant.parse("2026-03-14T09:59:57Z").plusSeconds(id),
              id,
              "what " + id);
      if (id != 1) {
        keyspace().execute("INSERT INTO followed (id, what) VALUES (?, 'here')", id);
      }
    }
    Path report = folder.resolve("report");
    String[] span = {
      "--table=events",
      "--target=followed",
      "--bucketColumn=hour",
      "--bucketSeconds=3600",
      "--partitions={\"shard\":[0,1]}",
      "--from=2026-03-14T09:00:00Z",
      "--to=2026-03-14T10:00:02Z",
      "--report=" + report,
      "--copy=true"
    };

    runs("reconcile-follow", span);
    assertThat(Files.readAllLines(report)).containsExactlyInAnyOrder("rows 5", "missing 1");
    assertThat(rows("SELECT id, at, shard, hour, what, writetime(what) FROM followed WHERE id = 1"))
        .containsExactly(
            "1, 2026-03-14T09:59:58Z, 1, 2026-03-14T09:00:00Z, what 1, 1773482398000000");

    runs("reconcile-follow", span);
    assertThat(Files.readAllLines(report)).containsExactlyInAnyOrder("rows 5", "missing 0");
    assertThat(rows("SELECT id FROM followed")).hasSize(6);
  }

  @Test
  void copies_a_table_with_its_write_times_and_tells_how_two_tables_differ() throws IOException {
    keyspace()
        .execute(
            "CREATE TABLE shelf (shop text, level int, item text, tags set<text>, label text"
                + " static, PRIMARY KEY (shop, level)) WITH CLUSTERING ORDER BY (level DESC)");
    for (int level = 0; level < 30; level++) {
      keyspace()
          .execute(
              "INSERT INTO shelf (shop, level, item, tags) VALUES (?, ?, ?, {'old', 'new'})"
                  + " USING TIMESTAMP ? AND TTL ?",
              "shop " + level % 7,
              level,
              "item " + level,
              1_000_000L + level,
              level % 2 * 100_000);
    }
    keyspace().execute("UPDATE shelf USING TIMESTAMP 77 SET label = 'top' WHERE shop = 'shop 3'");
    String all = "SELECT shop, level, item, writetime(item), tags, label, writetime(label) FROM ";
    String[] tables = {
      "--table=shelf",
      "--targetTable=shelf_copy",
      "--targetContactPoints=" + String.join(",", keyspace().cluster().contactPoints()),
      "--targetLocalDatacenter=" + keyspace().cluster().datacenter()
    };

    runs("copy-table", with(tables, "--createTables=true", "--resumeAs=first", "--ranges=4"));
    assertThat(rows(all + "shelf_copy"))
        .hasSize(30)
        .containsExactlyInAnyOrderElementsOf(rows(all + "shelf"));

    String[] exactly =
        with(tables, "--writeTimesWithinMillis=0", "--expiryWithinSeconds=60", "--ranges=4");
    runs("compare-tables", exactly);

    keyspace().execute("DELETE FROM shelf_copy WHERE shop = 'shop 1' AND level = 8");
    keyspace().execute("UPDATE shelf_copy SET item = 'other' WHERE shop = 'shop 1' AND level = 1");
    Path file = folder.resolve("differences");
    List<String> flags = new ArrayList<>(List.of("run", "compare-tables"));
    flags.addAll(Arrays.asList(with(tables, "--differences=" + file)));
    flags.addAll(where());
    assertThat(launch(flags)).isEqualTo(Launcher.FAILED);
    assertThat(complained())
        .contains(
            "compare-tables: "
                + keyspace().name()
                + ".shelf and "
                + keyspace().name()
                + ".shelf_copy are not equal: 1 rows differ, 0 are missing in the first and 1 in"
                + " the second");
    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrder(
            "{\"kind\":\"missing right\",\"key\":{\"shop\":\"shop 1\",\"level\":8},\"columns\":[]}",
            "{\"kind\":\"differs\",\"key\":{\"shop\":\"shop"
                + " 1\",\"level\":1},\"columns\":[\"item\"]}");
  }

  private static String[] with(String[] flags, String... more) {
    return Stream.concat(Arrays.stream(flags), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void the_quickstart_verifies_what_it_loads_and_tells_of_it() throws IOException {
    String told = quickstart(Launcher.DONE, SmallData.foodMart(folder), SmallData.wordNet(folder));

    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.get("verified").booleanValue()).isTrue();
    assertThat(summary.get("runner").textValue()).isEqualTo(voice().name());
    assertThat(lines(summary.get("tables"), "/table", "/source/rows", "/read_back/rows"))
        .containsExactly(
            "sales 5 5",
            "customers 2 2",
            "products 2 2",
            "documents 3 3",
            "edges 6 6",
            "degrees 3 3");
    assertThat(lines(summary.get("tables"), "/source/digest"))
        .isEqualTo(lines(summary.get("tables"), "/read_back/digest"))
        .allMatch(digest -> digest.matches("[0-9a-f]{32}"));
    assertThat(lines(summary.get("checks"), "/name", "/expected", "/found", "/verified"))
        .containsExactly(
            "purchases over all customers 5 5 true",
            "rows to train, validate, test 16 16 true",
            "features in them that are null 0 0 true",
            "degrees over all synsets 6 6 true",
            "documents with tokens 3 3 true",
            "occurrences over all terms 9 9 true");
    assertThat(lines(summary.get("steps"), "/name", "/rows_read", "/rows_written"))
        .containsExactly(
            "start Cassandra 0 0",
            "load-foodmart 0 9",
            "load-wordnet 0 12",
            "read-back 21 0",
            "build-customer-features 7 2",
            "build-features 5 18",
            "label-customers 5 16",
            "make-training-set 32 0",
            "index-words 3 9",
            "read-derived 11 0",
            "look-up 4 0");
    assertThat(summary.get("rows_written").longValue()).isEqualTo(66);
    assertThat(summary.get("looked_up")).hasSize(10);
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("Every table read back is the source, row by row.")
        .contains("Sales over time", "planner", "Distinct products", "A training set", "Degrees")
        .doesNotContain("<script src", "<link", "NaN", "Infinity");
    assertThat(told)
        .containsPattern("sales +5 rows")
        .contains("equal to the source", "as it must be")
        .contains("66 rows written and 88 read in", folder.resolve("report.html").toString());
  }

  private String quickstart(int code, Path foodMart, Path wordNet) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "quickstart",
                "--foodMart=" + foodMart,
                "--wordNet=" + wordNet,
                "--output=" + folder));
    arguments.addAll(where());
    assertThat(launch(arguments)).as(complained()).isEqualTo(code);
    return told();
  }

  /** One line an object of an array: what is at each pointer. */
  private static List<String> lines(JsonNode array, String... pointers) {
    List<String> lines = new ArrayList<>();
    for (JsonNode object : array) {
      lines.add(
          Arrays.stream(pointers)
              .map(pointer -> object.at(pointer).asText())
              .collect(Collectors.joining(" ")));
    }
    return lines;
  }

  @Test
  void a_table_that_is_missing_ends_the_run_before_it_starts() {
    assertThat(run("index-words", "--createTables=true")).isEqualTo(Launcher.FAILED);
    assertThat(complained())
        .startsWith("pharos: there is no table documents in keyspace " + keyspace().name());
    assertThat(
            rows(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + keyspace().name()
                    + "'"))
        .isEmpty();
  }

  @Test
  void a_line_that_does_not_parse_fails_the_job_with_the_line() throws IOException {
    Path data = SmallData.zip(folder, "broken.jar", "customer.json", "no json\n");

    assertThat(run("load-foodmart", "--data=" + data, "--createTables=true"))
        .isEqualTo(Launcher.FAILED);
    assertThat(complained()).contains("load-foodmart failed: ");
  }
}
