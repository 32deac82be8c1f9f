package org.pharos.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.SummarizeWindows;

/** Whatever the order and number of firings that reach the table, it ends up the same. */
@WithCassandra
class WriteWindowsTest {
  private static final Instant T = Instant.parse("2026-03-14T09:00:00Z");
  private static final Schema EVENT =
      Schema.builder().addStringField("who").addNullableField("n", FieldType.INT32).build();
  private static final SummarizeWindows SUMMARY =
      SummarizeWindows.by("who").with("events", Count.events()).with("least", Min.of("n"));

  private static Row window(int start, int end, long revision, int last, @Nullable Integer least) {
    return Row.withSchema(SUMMARY.schema(EVENT))
        .addValues("ada", minute(start), minute(end), revision, minute(last), revision, least)
        .build();
  }

  private static Instant minute(int minute) {
    return T.plus(Duration.standardMinutes(minute));
  }

  @Test
  void sessions_that_merged_leave_only_the_merged_one(TestKeyspace keyspace) {
    Table table = table(keyspace, "sessions");
    List<Row> firings =
        List.of(
            window(0, 15, 1, 0, 4),
            window(20, 35, 1, 20, 9),
            window(20, 40, 2, 25, 9),
            window(60, 75, 1, 60, 1),
            // Grown to the right over the second, then to the left, then to nothing in a column.
            window(0, 40, 4, 25, 3),
            window(-10, 40, 5, 25, 3),
            window(-10, 40, 6, 25, null));
    Random random = new Random(5);
    for (int attempt = 0; attempt < 2; attempt++) {
      keyspace.execute("TRUNCATE sessions");
      List<Row> shuffled = new ArrayList<>(firings);
      shuffled.addAll(firings.subList(0, random.nextInt(firings.size())));
      Collections.shuffle(shuffled, random);

      for (Row firing : shuffled) {
        write(keyspace, table, List.of(firing), true);
      }

      assertThat(rows(keyspace, "sessions"))
          .as("%s", shuffled)
          .containsExactly(
              "2026-03-14T10:00:00Z, 2026-03-14T10:15:00Z, 1, 1",
              "2026-03-14T08:50:00Z, 2026-03-14T09:40:00Z, 6, null");
    }
  }

  @Test
  void fixed_windows_do_not_delete_each_other(TestKeyspace keyspace) {
    Table table = table(keyspace, "fixed");
    write(
        keyspace,
        table,
        List.of(window(0, 10, 2, 9, 1), window(0, 10, 3, 9, 0), window(10, 20, 1, 12, 2)),
        false);
    assertThat(rows(keyspace, "fixed"))
        .containsExactly(
            "2026-03-14T09:10:00Z, 2026-03-14T09:20:00Z, 1, 2",
            "2026-03-14T09:00:00Z, 2026-03-14T09:10:00Z, 3, 0");
  }

  private static Table table(TestKeyspace keyspace, String name) {
    Table table =
        FeatureTables.history(
            keyspace.name(),
            name,
            SUMMARY.schema(EVENT),
            SUMMARY.entity(),
            SummarizeWindows.WINDOW_START);
    table.createStatements().forEach(keyspace::execute);
    return table;
  }

  private static void write(
      TestKeyspace keyspace, Table table, List<Row> firings, boolean merging) {
    CassandraConnection connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
    Pipeline pipeline = Pipeline.create();
    WriteResult ignored =
        pipeline
            .apply(Create.of(firings).withRowSchema(SUMMARY.schema(EVENT)))
            .apply(WriteWindows.into(table, connection, merging));
    pipeline.run().waitUntilFinish();
  }

  private static List<String> rows(TestKeyspace keyspace, String table) {
    ResultSet found =
        keyspace.execute("SELECT window_start, window_end, revision, least FROM " + table);
    List<String> rows = new ArrayList<>();
    found.forEach(
        row ->
            rows.add(
                row.getObject(0)
                    + ", "
                    + row.getObject(1)
                    + ", "
                    + row.getObject(2)
                    + ", "
                    + row.getObject(3)));
    return rows;
  }
}
