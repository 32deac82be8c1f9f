package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.Receivers;

/**
 * What an instance remembers from one bundle to the next; a runner would hide which instance it is.
 */
@WithCassandra
class LookupCacheTest {

  private static final Schema ASK = Schema.builder().addInt32Field("k").build();
  private static final AtomicInteger SENT = new AtomicInteger();

  private final Table table;
  private final CassandraConnection connection;

  LookupCacheTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table =
        Table.named(keyspace.name(), "cached")
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("INSERT INTO cached (k, v) VALUES (1, 10)");
    connection = TestConnections.to(cluster);
    SENT.set(0);
  }

  private LookupSettings settings() {
    return LookupSettings.of(table)
        .from(connection)
        .through(
            session ->
                statement -> {
                  SENT.incrementAndGet();
                  return session.executeAsync(statement);
                })
        .forInput(ASK);
  }

  /** The values found for each key, in two bundles of the same instance; -1: missing. */
  private static List<Integer> lookInTwoBundles(LookupSettings settings, int... keys) {
    LookupFn<Row> instance =
        new LookupFn<>(settings, ASK, row -> row, new TupleTag<>("answers"), false);
    Results results = new Results(new DecodeRows(settings.projection()));
    instance.setUp();
    try {
      for (int bundle = 0; bundle < 2; bundle++) {
        instance.startBundle();
        for (int key : keys) {
          instance.process(
              Row.withSchema(ASK).addValue(key).build(),
              new Instant(0),
              GlobalWindow.INSTANCE,
              PaneInfo.NO_FIRING,
              results);
        }
        instance.finishBundle(results.endOfBundle(instance));
      }
    } finally {
      instance.tearDown();
    }
    return results.values;
  }

  @Test
  void a_cache_answers_the_next_bundle_too_missing_keys_included() {
    assertThat(lookInTwoBundles(settings().withCache(100, Duration.ofMinutes(5)), 1, 2))
        .containsExactlyInAnyOrder(10, -1, 10, -1);
    assertThat(SENT.get()).isEqualTo(2);
  }

  @Test
  void without_a_cache_each_bundle_asks_anew() {
    assertThat(lookInTwoBundles(settings(), 1, 1)).containsExactly(10, 10, 10, 10);
    assertThat(SENT.get()).isEqualTo(2);
  }

  @Test
  void a_cache_forgets_after_its_time() {
    assertThat(lookInTwoBundles(settings().withCache(100, Duration.ofNanos(1)), 1))
        .containsExactly(10, 10);
    assertThat(SENT.get()).isEqualTo(2);
  }

  private static final class Results implements DoFn.MultiOutputReceiver {
    final List<Integer> values = new ArrayList<>();
    private final DecodeRows decode;

    Results(DecodeRows decode) {
      this.decode = decode;
    }

    private void add(Object answer) {
      WireRows rows = (WireRows) ((KV<?, ?>) ((KV<?, ?>) answer).getValue()).getValue();
      if (rows.isEmpty()) {
        values.add(-1);
      }
      decode.each(rows, row -> values.add(row.getInt32("v")));
    }

    @Override
    public <T> DoFn.OutputReceiver<T> get(TupleTag<T> tag) {
      return Receivers.to(this::add);
    }

    @Override
    public <T> DoFn.OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException();
    }

    LookupFn<Row>.FinishBundleContext endOfBundle(LookupFn<Row> instance) {
      return instance.new FinishBundleContext() {
        @Override
        public PipelineOptions getPipelineOptions() {
          return PipelineOptionsFactory.create();
        }

        @Override
        public void output(
            KV<PaneInfo, KV<Row, WireRows>> output, Instant timestamp, BoundedWindow window) {
          add(output);
        }

        @Override
        public <T> void output(TupleTag<T> tag, T output, Instant timestamp, BoundedWindow window) {
          add(output);
        }
      };
    }
  }
}
