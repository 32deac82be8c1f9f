package org.pharos.pipelines.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.schemas.Table;

/**
 * What pipelines do with the features that a file defines, whatever the runner: each runner's
 * module has a subclass.
 */
public abstract class FeaturesContract extends LauncherContract {
  /** The contract on a runner, in a keyspace of its own. */
  protected FeaturesContract(Voice voice, TestKeyspace keyspace) {
    super(voice, keyspace);
  }

  /** The sales of a retailer, as {@code load-foodmart} leaves them. */
  private void sell() {
    for (Table table : FoodMartTables.all(keyspace().name())) {
      table.createStatements().forEach(keyspace()::execute);
    }
    for (int customer : new int[] {7, 8}) {
      keyspace().execute("INSERT INTO customers (customer_id) VALUES (" + customer + ")");
    }
    for (String sale :
        List.of(
            "2, '1996-12-26', '1997-01-05', 7, 0, 1, 1.5000",
            "2, '1996-12-26', '1997-01-05', 7, 1, 2, 2.2500",
            "2, '1996-12-26', '1997-01-05', 8, 2, 1, 1.5000",
            "3, '1998-11-26', '1998-12-01', 7, 0, 1, 0.7500",
            "3, '1998-12-24', '1998-12-30', 8, 0, 2, 9.0000")) {
      keyspace()
          .execute(
              "INSERT INTO sales (store_id, period, sold_at, customer_id, line, product_id,"
                  + " store_sales) VALUES ("
                  + sale
                  + ")");
    }
  }

  /** Builds the features of the sales that the file defines. */
  private Path build() throws IOException {
    sell();
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
    return definition;
  }

  /** Rows to be joined with features. */
  private void label() {
    keyspace()
        .execute(
            "CREATE TABLE labels (customer_id int, at timestamp, again boolean,"
                + " PRIMARY KEY (customer_id, at))");
    keyspace()
        .execute("INSERT INTO labels (customer_id, at, again) VALUES (7, '1997-01-10', true)");
    keyspace()
        .execute("INSERT INTO labels (customer_id, at, again) VALUES (7, '1997-01-11', true)");
    keyspace()
        .execute("INSERT INTO labels (customer_id, at, again) VALUES (9, '1999-01-11', false)");
  }

  @Test
  void builds_features_of_a_definition_and_tells_where_they_differ() throws IOException {
    Path definition = build();
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

    // What serves something else, and a history that the events no longer bear out.
    keyspace().execute("UPDATE spending_v1_online SET purchases_all = 9 WHERE customer_id = 8");
    keyspace()
        .execute(
            "UPDATE sales SET store_sales = 8 WHERE store_id = 3 AND period = '1998-12-24' AND"
                + " sold_at = '1998-12-30' AND customer_id = 8 AND line = 0");
    assertThat(run("check-features", check)).isEqualTo(Launcher.FAILED);
    assertThat(complained())
        .contains(
            "of 2 entities, features differ: spend_30d of 1 in the history; purchases_all of 1"
                + " online");
    assertThat(Files.readAllLines(folder.resolve("findings")))
        .contains(
            "{\"view\":\"spending_v1\",\"feature\":\"spend_30d\",\"entities\":2,"
                + "\"history_differs\":1,\"online_differs\":0,\"example\":\"customer_id=8\"}");
  }

  @Test
  void makes_a_training_set_of_features_as_they_were_known() throws IOException {
    Path definition = build();
    label();
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
    // As a run leaves it whose sets were moved away.
    Path typed = Files.createDirectories(folder.resolve("typed/.temp-beam")).getParent();
    runs(
        "make-training-set",
        "--spine=labels",
        "--spineTime=at",
        "--definitions=" + definition,
        "--split=100/0/0",
        "--fileFormat=PARQUET",
        "--folder=" + typed);
    try (Stream<Path> files = Files.list(typed)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, ISO_8859_1))
                      .startsWith("PAR1")
                      .endsWith("PAR1"));
    }
    assertThat(
            run(
                "make-training-set",
                "--spine=labels",
                "--spineTime=at",
                "--definitions=" + definition,
                "--folder=" + folder.resolve("MERGE")))
        .isEqualTo(Launcher.BAD_ARGUMENTS);
    assertThat(complained()).contains("/MERGE: a new or an empty folder is allowed, but there is ");
  }

  @Test
  void fits_a_model_to_the_training_set_and_keeps_what_it_learned() throws IOException {
    Path definition = build();
    label();
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

    assertThat(
            run(
                "make-training-set",
                "--spine=products",
                "--spineTime=at",
                "--definitions=" + definition,
                "--model=" + model,
                "--folder=" + folder.resolve("other")))
        .isEqualTo(Launcher.BAD_ARGUMENTS);
    assertThat(complained()).contains("--spine=products: ");
  }

  @Test
  void erases_entities_and_tells_what_is_left() throws IOException {
    Path definition = build();
    keyspace().execute("CREATE TABLE forget (customer_id int PRIMARY KEY, why text)");
    keyspace().execute("INSERT INTO forget (customer_id, why) VALUES (8, 'asked for it')");
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
            + keyspace().name()
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
}
