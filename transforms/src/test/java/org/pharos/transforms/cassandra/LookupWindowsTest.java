package org.pharos.transforms.cassandra;

import static org.pharos.transforms.cassandra.Things.ASK;
import static org.pharos.transforms.cassandra.Things.ask;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Things.InOneBundle;

/** Results leave with the window, timestamp and pane of the element that asked. */
@WithCassandra
class LookupWindowsTest implements Serializable {

  private final transient Pipeline pipeline = Pipelines.create();
  private final transient Table table;
  private final transient CassandraConnection connection;

  LookupWindowsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = Things.table(keyspace);
    connection = TestConnections.to(cluster);
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    Things.fill(keyspace);
  }

  private LookupRows lookup() {
    return LookupRows.of(table).from(connection);
  }

  private PCollection<Row> create(Schema schema, List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
  }

  @Test
  void results_keep_window_and_timestamp_when_timestamps_fall_within_a_bundle() {
    // Two windows, and time runs backwards; few in flight, so that results leave in between.
    List<Row> asked = IntStream.range(0, 200).mapToObj(i -> ask("n" + i, i % 50)).toList();
    PCollection<Row> windowed =
        pipeline
            .apply(Create.of(1))
            .apply(ParDo.of(new InOneBundle(asked)))
            .setRowSchema(ASK)
            .apply(Window.into(FixedWindows.of(org.joda.time.Duration.millis(100))));
    LookupRows.Result result = windowed.apply(lookup().withMaxInFlight(3));
    PCollection<String> seen =
        result.missing().apply(ParDo.of(new Where())).setCoder(StringUtf8Coder.of());
    List<String> expected =
        IntStream.range(0, 200)
            .filter(i -> i % 50 % 4 == 0)
            .mapToObj(i -> "n" + i + " at " + (199 - i) + " in " + (199 - i) / 100 * 100)
            .toList();
    PAssert.that(seen).containsInAnyOrder(expected);
    PCollection<String> foundIn =
        result
            .found()
            .apply(Keys.create())
            .apply("Where found", ParDo.of(new Where()))
            .setCoder(StringUtf8Coder.of());
    PAssert.that(foundIn)
        .containsInAnyOrder(
            IntStream.range(0, 200)
                .boxed()
                .flatMap(
                    i ->
                        IntStream.range(0, i % 50 % 4)
                            .mapToObj(
                                c -> "n" + i + " at " + (199 - i) + " in " + (199 - i) / 100 * 100))
                .toList());
    pipeline.run().waitUntilFinish();
  }

  static final class Where extends DoFn<Row, String> {
    @ProcessElement
    public void process(
        @Element Row row, @Timestamp Instant at, BoundedWindow in, OutputReceiver<String> out) {
      out.output(
          row.getString("note")
              + " at "
              + at.getMillis()
              + " in "
              + ((IntervalWindow) in).start().getMillis());
    }
  }

  @Test
  void results_keep_their_pane() {
    PCollection<Row> fired =
        create(ASK, IntStream.range(0, 20).mapToObj(k -> ask("n", k)).toList())
            .apply(WithKeys.of("all"))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(ASK)))
            .apply(GroupByKey.create())
            .apply(ParDo.of(new WithPane()))
            .setRowSchema(ASK);
    PCollection<Boolean> same =
        fired.apply(lookup().withMaxInFlight(2)).missing().apply(ParDo.of(new SamePane()));
    PAssert.that(same).containsInAnyOrder(true, true, true, true, true);
    pipeline.run().waitUntilFinish();
  }

  static final class WithPane extends DoFn<KV<String, Iterable<Row>>, Row> {
    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Row>> group, PaneInfo pane, OutputReceiver<Row> out) {
      group.getValue().forEach(row -> out.output(ask(pane.toString(), row.getInt32("k"))));
    }
  }

  static final class SamePane extends DoFn<Row, Boolean> {
    @ProcessElement
    public void process(@Element Row row, PaneInfo pane, OutputReceiver<Boolean> out) {
      out.output(pane.toString().equals(row.getString("note")) && !pane.equals(PaneInfo.NO_FIRING));
    }
  }
}
