package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.schemas.CqlType.UserType.field;

import java.util.Map;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class TableCqlTest {

  @Test
  void renders_everything_a_table_has() {
    CqlType.UserType place =
        CqlType.userType("Place", field("lat", CqlType.DOUBLE), field("order", CqlType.DOUBLE));
    CqlType.UserType address =
        CqlType.userType(
            "address",
            field("street", CqlType.TEXT),
            field("at", place),
            field("tags", CqlType.set(CqlType.TEXT)));
    Table table =
        Table.named("shop", "Orders")
            .partitionKey("customerId", CqlType.UUID)
            .partitionKey("day", CqlType.DATE)
            .clusteringKey("at", CqlType.TIMEUUID, Order.DESCENDING)
            .clusteringKey("line", CqlType.frozen(CqlType.list(CqlType.INT)))
            .staticColumn("name", CqlType.TEXT)
            .column("ship to", address)
            .column("history", CqlType.list(address))
            .column("attributes", CqlType.map(CqlType.TEXT, CqlType.TEXT))
            .column("pair", CqlType.tuple(CqlType.INT, CqlType.list(CqlType.TEXT)))
            .column("embedding", CqlType.vector(CqlType.FLOAT, 384))
            .column("token", CqlType.ASCII)
            .index(
                Index.of("by_embedding", "embedding").withSimilarity(Index.Similarity.DOT_PRODUCT))
            .index(Index.of("ByToken", "token").withCaseSensitive(false))
            .index(Index.of("by_attribute", "attributes").onEntries())
            .index(Index.of("by_value", "attributes"))
            .index(Index.of("by_lines", "line").onFull())
            .options(
                TableOptions.none()
                    .withCompaction("UnifiedCompactionStrategy", Map.of("scaling_parameters", "T4"))
                    .withCompression("ZstdCompressor")
                    .withDefaultTimeToLive(Duration.standardDays(7))
                    .withGcGrace(Duration.standardHours(3))
                    .withCaching("ALL", "NONE")
                    .withComment("what's bought")
                    .with("bloom_filter_fp_chance", 0.05)
                    .with("cdc", true))
            .build();

    assertThat(table.createStatements())
        .containsExactly(
            "CREATE TYPE IF NOT EXISTS shop.\"Place\" (lat double, \"order\" double)",
            "CREATE TYPE IF NOT EXISTS shop.address (street text, at frozen<\"Place\">, tags"
                + " frozen<set<text>>)",
            """
            CREATE TABLE IF NOT EXISTS shop."Orders" (
              "customerId" uuid,
              day date,
              at timeuuid,
              line frozen<list<int>>,
              name text STATIC,
              "ship to" address,
              history list<frozen<address>>,
              attributes map<text, text>,
              pair tuple<int, frozen<list<text>>>,
              embedding vector<float, 384>,
              "token" ascii,
              PRIMARY KEY (("customerId", day), at, line)
            ) WITH CLUSTERING ORDER BY (at DESC, line ASC)
              AND bloom_filter_fp_chance = 0.05
              AND caching = {'keys': 'ALL', 'rows_per_partition': 'NONE'}
              AND cdc = true
              AND comment = 'what''s bought'
              AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T4'}
              AND compression = {'class': 'ZstdCompressor'}
              AND default_time_to_live = 604800
              AND gc_grace_seconds = 10800\
            """,
            "CREATE INDEX IF NOT EXISTS by_embedding ON shop.\"Orders\" (embedding) USING 'sai'"
                + " WITH OPTIONS = {'similarity_function': 'dot_product'}",
            "CREATE INDEX IF NOT EXISTS \"ByToken\" ON shop.\"Orders\" (\"token\") USING 'sai'"
                + " WITH OPTIONS = {'case_sensitive': 'false'}",
            "CREATE INDEX IF NOT EXISTS by_attribute ON shop.\"Orders\" (entries(attributes))"
                + " USING 'sai'",
            "CREATE INDEX IF NOT EXISTS by_value ON shop.\"Orders\" (values(attributes)) USING"
                + " 'sai'",
            "CREATE INDEX IF NOT EXISTS by_lines ON shop.\"Orders\" (full(line)) USING 'sai'");
    assertThat(table.qualifiedName()).isEqualTo("shop.\"Orders\"");
  }

  @Test
  void renders_a_table_without_anything_special() {
    Table table =
        Table.named("ks", "hits")
            .partitionKey("page", CqlType.TEXT)
            .column("n", CqlType.COUNTER)
            .build();

    assertThat(table.createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.hits (
              page text,
              n counter,
              PRIMARY KEY (page)
            )\
            """);
    assertThat(table.hasCounters()).isTrue();
  }
}
