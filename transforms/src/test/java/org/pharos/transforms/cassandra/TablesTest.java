package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.Version;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;
import org.pharos.schemas.TableOptions;

@WithCassandra
class TablesTest {

  private Tables tables;

  @BeforeEach
  void connect(TestKeyspace keyspace) {
    tables = Tables.connect(TestConnections.to(keyspace.cluster()));
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void a_table_of_every_type_is_described_as_it_was_created(TestKeyspace keyspace) {
    TableBuilder builder =
        Table.named(keyspace.name(), "EveryType")
            .partitionKey("Upper", CqlType.TEXT)
            .partitionKey("select", CqlType.UUID)
            .clusteringKey("first", CqlType.TIMEUUID, Order.DESCENDING)
            .clusteringKey("and\"so on", CqlType.frozen(CqlTypes.POINT))
            .staticColumn("a_static", CqlType.list(CqlType.INT))
            .options(
                TableOptions.none()
                    .withComment("it's a comment")
                    .withDefaultTimeToLive(Duration.standardDays(3))
                    .withGcGrace(Duration.standardHours(1))
                    .withCaching("ALL", "10")
                    .withCompression("ZstdCompressor")
                    .withTimeWindowCompaction(Duration.standardDays(1)));
    List<CqlType> types = new java.util.ArrayList<>(CqlTypes.natives());
    types.addAll(CqlTypes.collections());
    types.addAll(CqlTypes.nested());
    if (TestConnections.isAtLeast5(keyspace)) {
      types.addAll(CqlTypes.vectors());
    }
    for (int i = 0; i < types.size(); i++) {
      builder.column("c%03d".formatted(i), types.get(i));
    }
    Table table = builder.build();

    tables.create(table);

    Table live = tables.describe(keyspace.name(), "EveryType");
    assertThat(live.columns()).isEqualTo(table.columns());
    assertThat(live.order("first")).isEqualTo(Order.DESCENDING);
    assertThat(live.order("and\"so on")).isEqualTo(Order.ASCENDING);
    assertThat(live.userTypes()).containsExactlyInAnyOrderElementsOf(table.userTypes());
    assertThat(table.diff(live).describe()).isEmpty();
    // All that a description holds can be created again, the options that nobody stated included.
    try (TestKeyspace other = TestKeyspace.create(keyspace.cluster(), 1)) {
      Table copy = live.inKeyspace(other.name());
      tables.create(copy);
      assertThat(tables.describe(other.name(), "EveryType")).isEqualTo(copy);
    }
  }

  @Test
  void storage_attached_indexes_are_described_as_they_were_created(TestKeyspace keyspace) {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "these indexes are new in Cassandra 5.0");
    Table table = indexed(keyspace);
    tables.create(table);
    Table live = tables.describe(keyspace.name(), "indexed");
    assertThat(live.columns()).isEqualTo(table.columns());
    assertThat(live.indexes()).containsExactlyInAnyOrderElementsOf(table.indexes());
    assertThat(table.diff(live).describe()).isEmpty();
    // A second create finds it as it should be.
    tables.create(table);
  }

  private static Table indexed(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "indexed")
        .partitionKey("id", CqlType.INT)
        .clusteringKey("Place", CqlType.TEXT)
        .column("embedding", CqlType.vector(CqlType.FLOAT, 3))
        .column("facts", CqlType.map(CqlType.TEXT, CqlType.INT))
        .column("frozen_list", CqlType.frozen(CqlType.list(CqlType.INT)))
        .column("tags", CqlType.set(CqlType.TEXT))
        .column("title", CqlType.TEXT)
        .index(Index.of("by_embedding", "embedding").withSimilarity(Index.Similarity.DOT_PRODUCT))
        .index(Index.of("by_entry", "facts").onEntries())
        .index(Index.of("by_key", "facts").onKeys())
        .index(Index.of("by_list", "frozen_list").onFull())
        .index(Index.of("by_place", "Place"))
        .index(Index.of("by_tag", "tags"))
        .index(Index.of("by_title", "title").withCaseSensitive(false))
        .build();
  }

  @Test
  void evolving_adds_what_is_missing_and_keeps_what_is_there(TestKeyspace keyspace) {
    CqlType.UserType small = CqlType.userType("shape", CqlType.UserType.field("a", CqlType.INT));
    CqlType.UserType large =
        CqlType.userType(
            "shape",
            CqlType.UserType.field("a", CqlType.INT),
            CqlType.UserType.field("b", CqlType.TEXT));
    Table before =
        Table.named(keyspace.name(), "evolving")
            .partitionKey("id", CqlType.INT)
            .clusteringKey("at", CqlType.TIMESTAMP)
            .column("kept", CqlType.TEXT)
            .column("shape", small)
            .build();
    tables.evolve(before);
    keyspace.execute("INSERT INTO evolving (id, at, kept) VALUES (1, 0, 'x')");
    Table after =
        Table.named(keyspace.name(), "evolving")
            .partitionKey("id", CqlType.INT)
            .clusteringKey("at", CqlType.TIMESTAMP)
            .staticColumn("a_static", CqlType.INT)
            .column("new", CqlType.list(CqlType.frozen(CqlTypes.POINT)))
            .column("shape", large)
            .options(TableOptions.none().withGcGrace(Duration.standardHours(2)))
            .build();

    assertThatThrownBy(() -> tables.verify(after))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            """
            the live table %s.evolving is not as stated:
            missing type frozen<point>
            missing field b of type shape
            missing column a_static int STATIC
            missing column new list<frozen<point>>
            option differs: wanted gc_grace_seconds = 7200
            Evolve it, or correct the stated table\
            """
                .replace("frozen<point>\nmissing field", "point\nmissing field")
                .formatted(keyspace.name()));
    tables.evolve(after);
    tables.evolve(after);

    assertThat(tables.describe(keyspace.name(), "evolving").columns().stream().map(Column::name))
        .containsExactly("id", "at", "a_static", "kept", "new", "shape");
    assertThatCode(() -> tables.verify(after)).doesNotThrowAnyException();
    assertThat(keyspace.execute("SELECT kept FROM evolving").one().getString(0)).isEqualTo("x");
  }

  @Test
  void what_cannot_change_without_loss_is_refused_by_name(TestKeyspace keyspace) {
    Table live =
        Table.named(keyspace.name(), "rigid")
            .partitionKey("id", CqlType.INT)
            .clusteringKey("at", CqlType.TIMESTAMP)
            .column("v", CqlType.TEXT)
            .build();
    tables.create(live);
    Table wanted =
        Table.named(keyspace.name(), "rigid")
            .partitionKey("id", CqlType.BIGINT)
            .clusteringKey("at", CqlType.TIMESTAMP, Order.DESCENDING)
            .column("new", CqlType.TEXT)
            .column("v", CqlType.INT)
            .build();
    String conflicts =
        """
        clustering column at is ASC, not DESC
        column id is int, not bigint
        column v is text, not int\
        """;
    assertThatThrownBy(() -> tables.evolve(wanted))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "the live table %s.rigid cannot become as stated without losing data:\n%s\nNothing was"
                + " changed. Correct the stated table, or write to a new one and copy",
            keyspace.name(), conflicts);
    assertThat(tables.describe(keyspace.name(), "rigid").find("new")).isEmpty();
    assertThatThrownBy(() -> tables.create(wanted))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "the live table %s.rigid is not as stated:\nmissing column new text\n%s\nCorrect the"
                + " stated table, or use another one",
            keyspace.name(), conflicts);
  }

  @Test
  void a_table_that_is_not_there_is_told_with_those_that_are(TestKeyspace keyspace) {
    try (TestKeyspace own = TestKeyspace.create(keyspace.cluster(), 1)) {
      own.execute("CREATE TABLE here (id int PRIMARY KEY)");
      assertThat(tables.find(own.name(), "Here")).isEmpty();
      assertThatThrownBy(() -> tables.describe(own.name(), "Here"))
          .isInstanceOf(CassandraFailure.class)
          .hasMessage(
              "there is no table Here in keyspace %s, only [here]. Create it, or correct the name"
                  + " (upper case counts)",
              own.name());
    }
    assertThatThrownBy(() -> tables.describe("no_such_keyspace", "t"))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("there is no keyspace no_such_keyspace at ")
        .hasMessageContaining(keyspace.name());
    Table table = Table.named("no_such_keyspace", "t").partitionKey("id", CqlType.INT).build();
    assertThatThrownBy(() -> tables.create(table))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("changing the schema failed at no_such_keyspace.t: ")
        .hasMessageContaining("no_such_keyspace")
        .hasMessageEndingWith(
            ". The statement was: CREATE TABLE IF NOT EXISTS no_such_keyspace.t ( id int, PRIMARY"
                + " KEY (id) )");
  }

  @Test
  void keyspaces_are_created_with_either_replication(TestKeyspace keyspace) {
    String datacenter = keyspace.cluster().datacenter();
    Keyspace simple = Keyspace.simple("Simple_" + keyspace.name(), 1);
    Keyspace network = Keyspace.network("network_" + keyspace.name(), Map.of(datacenter, 1));
    try {
      tables.createKeyspace(simple);
      tables.createKeyspace(network);
      // One that is there stays as it is.
      tables.createKeyspace(Keyspace.simple(network.name(), 2));
      assertThat(replication(keyspace, simple))
          .isEqualTo(
              Map.of(
                  "class", "org.apache.cassandra.locator.SimpleStrategy",
                  "replication_factor", "1"));
      assertThat(replication(keyspace, network))
          .isEqualTo(
              Map.of(
                  "class",
                  "org.apache.cassandra.locator.NetworkTopologyStrategy",
                  datacenter,
                  "1"));
    } finally {
      keyspace.execute("DROP KEYSPACE IF EXISTS \"" + simple.name() + "\"");
      keyspace.execute("DROP KEYSPACE IF EXISTS " + network.name());
    }
  }

  private static Map<String, String> replication(TestKeyspace any, Keyspace keyspace) {
    return new TreeMap<>(
        any.execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?",
                keyspace.name())
            .one()
            .getMap(0, String.class, String.class));
  }

  @Test
  void what_only_5_0_has_is_refused_before_by_name_and_version(TestKeyspace keyspace) {
    Table table = indexed(keyspace);
    assertThatThrownBy(() -> ServerFeatures.check(Version.parse("4.1.10"), table))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "table %s.indexed needs vectors (column embedding) and storage-attached indexes"
                + " (by_embedding) and storage-attached indexes (by_entry) and storage-attached"
                + " indexes (by_key) and storage-attached indexes (by_list) and storage-attached"
                + " indexes (by_place) and storage-attached indexes (by_tag) and storage-attached"
                + " indexes (by_title), which Cassandra has since 5.0; the cluster has a node of"
                + " version 4.1.10. Upgrade it, or leave that out of the table",
            keyspace.name());
    assertThatCode(() -> ServerFeatures.check(Version.parse("5.0.9"), table))
        .doesNotThrowAnyException();
    if (!TestConnections.isAtLeast5(keyspace)) {
      assertThatThrownBy(() -> tables.create(table)).hasMessageContaining("since 5.0");
    }
  }
}
