package org.pharos.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.pipelines.jobs.Voice;

/**
 * What every pipeline of the catalog must do, whatever the runner: each runner's module has a
 * subclass. Pipelines start from the command line and their tables are read with plain CQL.
 */
@WithCassandra
public abstract class PipelinesContract {
  private final TestKeyspace keyspace;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Voice voice;

  @TempDir Path folder;

  /** The contract on a runner, in a keyspace of its own. */
  protected PipelinesContract(Voice voice, TestKeyspace keyspace) {
    this.voice = voice;
    this.keyspace = keyspace;
  }

  @BeforeEach
  void dropTables() {
    for (Row table :
        keyspace
            .cluster()
            .session()
            .execute(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + keyspace.name()
                    + "'")) {
      keyspace.execute("DROP TABLE " + table.getString(0));
    }
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
  void builds_features_of_a_definition_and_makes_a_training_set_of_them() throws IOException {
    runs("load-foodmart", "--data=" + SmallData.foodMart(folder), "--createTables=true");
    Path definition =
        Files.writeString(
            folder.resolve("spending.yaml"),
            """
            view: spending
            version: 1
            events: sales
            entity: [customer_id]
            time: sold_at
            known-after: 1h
            owner: shops
            features:
              purchases: count over 30d, all
              spend: sum(store_sales) over 30d
              products: most_frequent(product_id, 2)
            """);
    runs(
        "build-features",
        "--definition=" + definition,
        "--statedAt=1997-01-10T00:00:00Z/1998-12-30T00:00:00Z/719d",
        "--registeredBy=ada",
        "--createTables=true");
    assertThat(rows("SELECT name, version, registered_by, owner, features FROM feature_views"))
        .containsExactly(
            "spending, 1, ada, shops, {products_all=frozen<list<int>>, purchases_30d=bigint,"
                + " purchases_all=bigint, spend_30d=decimal}");
    assertThat(
            rows(
                "SELECT customer_id, as_of, known_at, purchases_30d, purchases_all, spend_30d,"
                    + " products_all FROM spending_v1_history"))
        .containsExactlyInAnyOrder(
            "7, 1997-01-10T00:00:00Z, 1997-01-10T01:00:00Z, 2, 2, 3.7500, [1, 2]",
            "8, 1997-01-10T00:00:00Z, 1997-01-10T01:00:00Z, 1, 1, 1.5000, [1]",
            "7, 1998-12-30T00:00:00Z, 1998-12-30T01:00:00Z, 1, 3, 0.7500, [1, 2]",
            "8, 1998-12-30T00:00:00Z, 1998-12-30T01:00:00Z, 1, 2, 9.0000, [1, 2]");
    assertThat(rows("SELECT customer_id, as_of, purchases_all FROM spending_v1_online"))
        .containsExactlyInAnyOrder("7, 1998-12-30T00:00:00Z, 3", "8, 1998-12-30T00:00:00Z, 2");

    String[] check = {
      "--definition=" + definition,
      "--statedAt=1998-12-30T00:00:00Z",
      "--findings=" + folder.resolve("findings")
    };
    runs("check-features", check);
    assertThat(Files.readAllLines(folder.resolve("findings")))
        .contains(
            "{\"view\":\"spending_v1\",\"feature\":\"purchases_30d\",\"entities\":2,"
                + "\"history_differs\":0,\"online_differs\":0}")
        .hasSize(4);

    keyspace.execute(
        "CREATE TABLE labels (customer_id int, at timestamp, again boolean,"
            + " PRIMARY KEY (customer_id, at))");
    keyspace.execute("INSERT INTO labels (customer_id, at, again) VALUES (7, '1997-01-10', true)");
    keyspace.execute("INSERT INTO labels (customer_id, at, again) VALUES (7, '1997-01-11', true)");
    keyspace.execute("INSERT INTO labels (customer_id, at, again) VALUES (9, '1999-01-11', false)");
    for (String engine : List.of("MERGE", "LOOKUP")) {
      Path output = folder.resolve(engine);
      runs(
          "make-training-set",
          "--spine=labels",
          "--spineTime=at",
          "--definitions=" + definition,
          "--engine=" + engine,
          "--split=100/0/0",
          "--folder=" + output);
      assertThat(lines(output, "train"))
          .containsExactlyInAnyOrder(
              "customer_id,at,again,spending_as_of,spending_purchases_30d,spending_purchases_all,"
                  + "spending_spend_30d,spending_products_all",
              // Stated at that time, but known an hour later.
              "7,1997-01-10T00:00:00.000Z,true,,,,,",
              "7,1997-01-11T00:00:00.000Z,true,1997-01-10T00:00:00.000Z,2,2,3.7500,\"[1, 2]\"",
              "9,1999-01-11T00:00:00.000Z,false,,,,,");
      JsonNode manifest = new ObjectMapper().readTree(output.resolve("manifest.json").toFile());
      assertThat(manifest.at("/views/0/view").asText()).isEqualTo("spending");
      assertThat(manifest.at("/views/0/knownAfter").asText()).isEqualTo("PT3600S");
      assertThat(manifest.at("/sets/train/rows").asLong()).isEqualTo(3);
      assertThat(manifest.at("/sets/train/nulls/spending_spend_30d").asLong()).isEqualTo(2);
      assertThat(manifest.at("/sets/train/digest").asText())
          .isEqualTo(
              new ObjectMapper()
                  .readTree(folder.resolve("MERGE/manifest.json").toFile())
                  .at("/sets/train/digest")
                  .asText());
      assertThat(manifest.at("/sets/test/rows").asLong()).isZero();
    }
    assertThat(
            run(
                "make-training-set",
                "--spine=labels",
                "--spineTime=at",
                "--definitions=" + definition,
                "--folder=" + folder.resolve("MERGE")))
        .isEqualTo(Launcher.BAD_ARGUMENTS);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("/MERGE: a new or an empty folder is allowed, but there is ");

    Path model =
        Files.writeString(
            folder.resolve("model.yaml"),
            """
            model: spend
            version: 3
            steps:
              - simple_imputer(spending_spend_30d, mean, indicator)
              - standard_scaler(spending_purchases_all)
              - feature_hasher(hashed, 8, again)
            """);
    Path fitted = folder.resolve("fitted");
    runs(
        "make-training-set",
        "--spine=labels",
        "--spineTime=at",
        "--definitions=" + definition,
        "--model=" + model,
        "--split=100/0/0",
        "--createTables=true",
        "--folder=" + fitted);
    assertThat(lines(fitted, "train"))
        .contains(
            "customer_id,at,again,spending_as_of,spending_purchases_30d,spending_purchases_all,"
                + "spending_spend_30d,spending_products_all,spending_spend_30d_missing,"
                + "hashed_indices,hashed_values")
        .anyMatch(line -> line.startsWith("7,1997-01-10T00:00:00.000Z,true,,,,3.75,,true,["))
        .anyMatch(line -> line.contains(",2,0.0,3.75,\"[1, 2]\",false,["));
    assertThat(
            rows(
                "SELECT version, s0_spending_spend_30d_fill, s1_spending_purchases_all_mean FROM"
                    + " spend_fitted"))
        .containsExactly("3, 3.75, 2.0");
    assertThat(
            new ObjectMapper()
                .readTree(fitted.resolve("manifest.json").toFile())
                .at("/model/steps/1")
                .asText())
        .isEqualTo("standard_scaler(spending_purchases_all)");

    // What serves something else, and a history that the events no longer bear out.
    keyspace.execute("UPDATE spending_v1_online SET purchases_all = 9 WHERE customer_id = 8");
    keyspace.execute(
        "UPDATE sales SET store_sales = 8 WHERE store_id = 3 AND period = '1998-12-24' AND"
            + " sold_at = '1998-12-30' AND customer_id = 8 AND line = 0");
    assertThat(run("check-features", check)).isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "of 2 entities, features differ: spend_30d of 1 in the history; purchases_all of 1"
                + " online");
    assertThat(Files.readAllLines(folder.resolve("findings")))
        .contains(
            "{\"view\":\"spending_v1\",\"feature\":\"spend_30d\",\"entities\":2,"
                + "\"history_differs\":1,\"online_differs\":0,\"example\":\"customer_id=8\"}");

    keyspace.execute("CREATE TABLE forget (customer_id int PRIMARY KEY, why text)");
    keyspace.execute("INSERT INTO forget (customer_id, why) VALUES (8, 'asked for it')");
    runs(
        "erase-features",
        "--entities=forget",
        "--definitions=" + definition,
        "--tables=customers",
        "--receipts=" + folder.resolve("receipts"));
    assertThat(Files.readAllLines(folder.resolve("receipts")))
        .hasSize(3)
        .anyMatch(line -> receipt(line, "spending_v1_history", 2))
        .anyMatch(line -> receipt(line, "spending_v1_online", 1))
        .anyMatch(line -> receipt(line, "customers", 1));
    assertThat(rows("SELECT customer_id FROM spending_v1_online")).containsExactly("7");
    assertThat(rows("SELECT customer_id FROM spending_v1_history")).containsExactly("7", "7");
    assertThat(rows("SELECT customer_id FROM customers")).containsExactly("7");
  }

  private boolean receipt(String line, String table, int rows) {
    return line.startsWith(
        "{\"customer_id\":8,\"table\":\""
            + keyspace.name()
            + "."
            + table
            + "\",\"rows_found\":"
            + rows
            + ",\"rows_left\":0,\"erased_at\":");
  }

  /** All lines of the files of a set, the header once. */
  private static List<String> lines(Path folder, String set) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.getFileName().toString().startsWith(set)).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().distinct().toList();
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
            keyspace
                .execute("SELECT tokens FROM document_tokens WHERE id = 'v00000001'")
                .one()
                .getList(0, UdtValue.class))
        .extracting(UdtValue::getFormattedContents)
        .containsExactly("{term:'go',start:0,end:2}", "{term:'after',start:3,end:8}");
  }

  @Test
  void digests_tables_and_looks_rows_up() throws IOException {
    keyspace.execute("CREATE TABLE t (a int, b int, c text, PRIMARY KEY (a, b))");
    keyspace.execute("INSERT INTO t (a, b, c) VALUES (1, 1, 'x')");
    keyspace.execute("INSERT INTO t (a, b, c) VALUES (1, 2, 'y')");
    keyspace.execute("INSERT INTO t (a, b) VALUES (2, 1)");
    keyspace.execute("CREATE TABLE empty (a int PRIMARY KEY)");
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
    keyspace.execute(
        "CREATE TABLE events (shard int, hour timestamp, at timestamp, id int, what text,"
            + " PRIMARY KEY ((shard, hour), at, id))");
    keyspace.execute(
        "CREATE TABLE followed (id int PRIMARY KEY, at timestamp, shard int, hour timestamp, what"
            + " text)");
    for (int id = 0; id < 6; id++) {
      keyspace.execute(
          "INSERT INTO events (shard, hour, at, id, what) VALUES (?, ?, ?, ?, ?)",
          id % 2,
          Instant.parse("2026-03-14T09:00:00Z").plusSeconds(id / 3 * 3600L),
          Instant.parse("2026-03-14T09:59:57Z").plusSeconds(id),
          id,
          "what " + id);
      if (id != 1) {
        keyspace.execute("INSERT INTO followed (id, what) VALUES (?, 'here')", id);
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
    keyspace.execute(
        "CREATE TABLE shelf (shop text, level int, item text, tags set<text>, label text static,"
            + " PRIMARY KEY (shop, level)) WITH CLUSTERING ORDER BY (level DESC)");
    for (int level = 0; level < 30; level++) {
      keyspace.execute(
          "INSERT INTO shelf (shop, level, item, tags) VALUES (?, ?, ?, {'old', 'new'})"
              + " USING TIMESTAMP ? AND TTL ?",
          "shop " + level % 7,
          level,
          "item " + level,
          1_000_000L + level,
          level % 2 * 100_000);
    }
    keyspace.execute("UPDATE shelf USING TIMESTAMP 77 SET label = 'top' WHERE shop = 'shop 3'");
    String all = "SELECT shop, level, item, writetime(item), tags, label, writetime(label) FROM ";
    String[] tables = {
      "--table=shelf",
      "--targetTable=shelf_copy",
      "--targetContactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
      "--targetLocalDatacenter=" + keyspace.cluster().datacenter()
    };

    runs("copy-table", with(tables, "--createTables=true", "--resumeAs=first", "--ranges=4"));
    assertThat(rows(all + "shelf_copy"))
        .hasSize(30)
        .containsExactlyInAnyOrderElementsOf(rows(all + "shelf"));

    String[] exactly =
        with(tables, "--writeTimesWithinMillis=0", "--expiryWithinSeconds=60", "--ranges=4");
    runs("compare-tables", exactly);

    keyspace.execute("DELETE FROM shelf_copy WHERE shop = 'shop 1' AND level = 8");
    keyspace.execute("UPDATE shelf_copy SET item = 'other' WHERE shop = 'shop 1' AND level = 1");
    Path file = folder.resolve("differences");
    List<String> flags = new ArrayList<>(List.of("run", "compare-tables"));
    flags.addAll(Arrays.asList(with(tables, "--differences=" + file)));
    flags.addAll(where());
    assertThat(launch(flags)).isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "compare-tables: "
                + keyspace.name()
                + ".shelf and "
                + keyspace.name()
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
    assertThat(summary.get("runner").textValue()).isEqualTo(voice.name());
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
    assertThat(launch(arguments)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(code);
    return out.toString(StandardCharsets.UTF_8);
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
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("pharos: there is no table documents in keyspace " + keyspace.name());
    assertThat(
            rows(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + keyspace.name()
                    + "'"))
        .isEmpty();
  }

  @Test
  void a_line_that_does_not_parse_fails_the_job_with_the_line() throws IOException {
    Path data = SmallData.zip(folder, "broken.jar", "customer.json", "no json\n");

    assertThat(run("load-foodmart", "--data=" + data, "--createTables=true"))
        .isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("load-foodmart failed: ");
  }

  private void runs(String pipeline, String... flags) {
    assertThat(run(pipeline, flags)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(pipeline + ": done in");
  }

  private int run(String pipeline, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline));
    arguments.addAll(Arrays.asList(flags));
    arguments.addAll(where());
    return launch(arguments);
  }

  private List<String> where() {
    return List.of(
        "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
        "--localDatacenter=" + keyspace.cluster().datacenter(),
        "--keyspace=" + keyspace.name());
  }

  private int launch(List<String> arguments) {
    return new Launcher(
            voice,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false)
        .run(arguments.toArray(new String[0]));
  }

  private List<String> rows(String cql) {
    List<String> rows = new ArrayList<>();
    for (Row row : keyspace.execute(cql)) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
        cells.add(String.valueOf(row.getObject(i)));
      }
      rows.add(String.join(", ", cells));
    }
    return rows;
  }
}
