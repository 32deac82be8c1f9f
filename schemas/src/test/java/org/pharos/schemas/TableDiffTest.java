package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.schemas.CqlType.UserType.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class TableDiffTest {
  private static final Table LIVE = table(t -> t.column("a", CqlType.INT));

  @Test
  void finds_missing_columns_and_indexes() {
    Table wanted =
        table(
            t ->
                t.column("a", CqlType.INT)
                    .staticColumn("Since", CqlType.DATE)
                    .column("b", CqlType.set(CqlType.TEXT))
                    .index(Index.of("by_b", "b")));

    TableDiff diff = wanted.diff(LIVE);

    assertThat(diff.conflicts()).isEmpty();
    assertThat(diff.additionStatements())
        .containsExactly(
            "ALTER TABLE ks.t ADD \"Since\" date STATIC",
            "ALTER TABLE ks.t ADD b set<text>",
            "CREATE INDEX IF NOT EXISTS by_b ON ks.t (values(b)) USING 'sai'");
    assertThat(diff.describe())
        .isEqualTo(
            """
            missing column "Since" date STATIC
            missing column b set<text>
            missing index by_b on b\
            """);
  }

  @Test
  void what_only_the_live_table_has_is_no_difference() {
    Table live =
        table(
            t ->
                t.column("a", CqlType.INT)
                    .column("b", CqlType.INT)
                    .index(Index.of("by_b", "b"))
                    .options(TableOptions.none().withComment("live")));

    assertThat(LIVE.diff(live).isEmpty()).isTrue();
    assertThat(LIVE.diff(live).describe()).isEmpty();
  }

  @Test
  void another_type_is_a_conflict() {
    conflicts(table(t -> t.column("a", CqlType.BIGINT)), LIVE, "column a is int, not bigint");
    conflicts(
        table(t -> t.column("a", CqlType.frozen(CqlType.list(CqlType.INT)))),
        table(t -> t.column("a", CqlType.list(CqlType.INT))),
        "column a is list<int>, not frozen<list<int>>");
    conflicts(
        table(t -> t.column("a", CqlType.vector(CqlType.FLOAT, 3))),
        table(t -> t.column("a", CqlType.vector(CqlType.FLOAT, 4))),
        "column a is vector<float, 4>, not vector<float, 3>");
  }

  @Test
  void another_kind_is_a_conflict() {
    conflicts(
        table(t -> t.staticColumn("a", CqlType.INT)), LIVE, "column a is regular, not static");
  }

  @Test
  void another_key_is_a_conflict() {
    Table other =
        Table.named("ks", "t")
            .partitionKey("p", CqlType.INT)
            .partitionKey("a", CqlType.INT)
            .clusteringKey("c", CqlType.BIGINT, Order.DESCENDING)
            .clusteringKey("d", CqlType.INT)
            .build();

    conflicts(
        LIVE,
        other,
        "the partition key is [p, a], not [p]",
        "the clustering key is [c, d], not [c]",
        "clustering column c is DESC, not ASC",
        "column c is bigint, not int");
  }

  @Test
  void fields_can_be_added_at_the_end_of_a_user_type() {
    CqlType.UserType before = CqlType.userType("u", field("x", CqlType.INT));
    CqlType.UserType after =
        CqlType.userType("u", field("x", CqlType.INT), field("Y", CqlType.TEXT));
    CqlType.UserType outer = CqlType.userType("v", field("inner", after));

    TableDiff diff =
        table(t -> t.column("a", CqlType.list(after)).column("b", outer))
            .diff(table(t -> t.column("a", CqlType.list(before))));

    assertThat(diff.conflicts()).isEmpty();
    assertThat(diff.additionStatements())
        .containsExactly(
            "CREATE TYPE IF NOT EXISTS ks.v (inner frozen<u>)",
            "ALTER TYPE ks.u ADD \"Y\" text",
            "ALTER TABLE ks.t ADD b v");
  }

  @Test
  void other_fields_of_a_user_type_are_conflicts() {
    conflicts(
        table(t -> t.column("a", CqlType.userType("u", field("y", CqlType.INT)))),
        table(t -> t.column("a", CqlType.userType("u", field("x", CqlType.INT)))),
        "field 1 of type u is x int, not y int");
  }

  @Test
  void an_index_that_does_the_same_under_another_name_will_do() {
    Table wanted =
        table(
            t ->
                t.column("v", CqlType.vector(CqlType.FLOAT, 2))
                    .index(Index.of("i", "v").withSimilarity(Index.Similarity.COSINE)));
    Index same = Index.of("j", "v").withOption("similarity_function", "COSINE");
    Index other = Index.of("i", "v").withSimilarity(Index.Similarity.EUCLIDEAN);
    Table live = table(t -> t.column("v", CqlType.vector(CqlType.FLOAT, 2)).index(same));

    assertThat(wanted.diff(live).isEmpty()).isTrue();
    conflicts(
        wanted,
        table(t -> t.column("v", CqlType.vector(CqlType.FLOAT, 2)).index(other)),
        "index i is on VALUES of v with {similarity_function=euclidean}, not on VALUES of v with"
            + " {similarity_function=cosine}");
  }

  @Test
  void options_differ_only_where_they_are_stated() {
    TableOptions asked =
        TableOptions.none()
            .withGcGrace(Duration.standardDays(1))
            .withCompaction("LeveledCompactionStrategy", Map.of())
            .with("bloom_filter_fp_chance", 0.1);
    TableOptions there =
        TableOptions.none()
            .with("gc_grace_seconds", 864000)
            .with(
                "compaction",
                Map.of(
                    "class", "org.apache.cassandra.db.compaction.LeveledCompactionStrategy",
                    "max_threshold", "32"))
            .with("bloom_filter_fp_chance", 0.10)
            .withComment("");

    TableDiff diff = table(t -> t.options(asked)).diff(table(t -> t.options(there)));

    assertThat(diff.differingOptions()).containsExactly("gc_grace_seconds");
    assertThat(diff.hasAdditions()).isFalse();
    assertThat(diff.hasConflicts()).isFalse();
    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff.optionStatements())
        .containsExactly("ALTER TABLE ks.t WITH gc_grace_seconds = 86400");
    assertThat(diff.describe()).isEqualTo("option differs: wanted gc_grace_seconds = 86400");
  }

  @Property(tries = 200)
  void a_table_does_not_differ_from_itself(@ForAll("columnTypes") List<CqlType> types) {
    Table table = withColumns(types, types.size());

    assertThat(table.diff(table).isEmpty()).isTrue();
    assertThat(table.diff(table).additionStatements()).isEmpty();
  }

  @Property(tries = 200)
  void exactly_the_missing_columns_are_missing(@ForAll("columnTypes") List<CqlType> types) {
    Table wanted = withColumns(types, types.size());

    for (int present = 0; present < types.size(); present++) {
      TableDiff diff = wanted.diff(withColumns(types, present));
      List<Column> missing = new ArrayList<>();
      for (int i = present; i < types.size(); i++) {
        missing.add(wanted.column("r" + i));
      }
      assertThat(diff.missingColumns()).isEqualTo(missing);
      assertThat(diff.conflicts()).isEmpty();
    }
  }

  @Provide
  Arbitrary<List<CqlType>> columnTypes() {
    return CqlValues.types(2).list().ofMaxSize(5);
  }

  private static Table withColumns(List<CqlType> types, int count) {
    return table(
        t -> {
          for (int i = 0; i < count; i++) {
            t.column("r" + i, types.get(i));
          }
          return t;
        });
  }

  private static void conflicts(Table wanted, Table live, String... conflicts) {
    assertThat(wanted.diff(live).conflicts()).containsExactly(conflicts);
    assertThat(wanted.diff(live).hasConflicts()).isTrue();
  }

  private static Table table(UnaryOperator<TableBuilder> with) {
    return with.apply(
            Table.named("ks", "t").partitionKey("p", CqlType.INT).clusteringKey("c", CqlType.INT))
        .build();
  }
}
