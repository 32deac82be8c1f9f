package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** What cannot be followed is refused while assembling, and says what can. */
class FollowRefusalsTest {

  record Wrong(int shard, String at) {}

  private static final CassandraConnection CONNECTION =
      CassandraConnection.to("127.0.0.1:9042").withLocalDatacenter("dc1");

  private static TableBuilder table() {
    return Table.named("ks", "events").partitionKey("shard", CqlType.INT);
  }

  private static Table events() {
    return table()
        .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
        .clusteringKey("at", CqlType.TIMESTAMP)
        .column("value", CqlType.TEXT)
        .build();
  }

  @Test
  void tables_whose_rows_do_not_lie_by_time() {
    assertThatThrownBy(() -> FollowTable.of(table().build()))
        .hasMessageContaining("table ks.events cannot be followed")
        .hasMessageContaining("the first clustering column must be a timestamp or timeuuid")
        .hasMessageContaining("but it is missing");
    assertThatThrownBy(() -> FollowTable.of(table().clusteringKey("day", CqlType.DATE).build()))
        .hasMessageContaining("but it is day date");
    assertThatThrownBy(
            () ->
                FollowTable.of(
                    table()
                        .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
                        .clusteringKey("id", CqlType.TIMEUUID)
                        .clusteringKey("at", CqlType.TIMESTAMP)
                        .build()))
        .hasMessageContaining("and the one that bucket day is of")
        .hasMessageContaining("but it is id timeuuid and the bucket is of at");
    assertThatThrownBy(
            () ->
                FollowTable.of(
                    table()
                        .clusteringKey("at", CqlType.TIMESTAMP)
                        .column("n", CqlType.COUNTER)
                        .build()))
        .hasMessageContaining("counters change");
  }

  @Test
  void partitions_that_nobody_named() {
    FollowTable follow = FollowTable.of(events()).from(CONNECTION);
    assertThatThrownBy(() -> Pipeline.create().apply(follow))
        .hasMessageContaining("following table ks.events needs the values of [shard]")
        .hasMessageContaining("where(Filter.in(\"shard\", ...))");
    Table withoutBucket = table().clusteringKey("at", CqlType.TIMESTAMP).build();
    assertThatThrownBy(
            () -> Pipeline.create().apply(FollowTable.of(withoutBucket).from(CONNECTION)))
        .hasMessageContaining("bucketedBy(Bucket.byTime(...))");
    assertThatThrownBy(
            () ->
                Pipeline.create()
                    .apply(
                        follow.where(
                            Filter.in("shard", IntStream.range(0, 10_001).boxed().toList()))))
        .hasMessageContaining("10001 partitions of table ks.events, more than 10000");
  }

  @Test
  void filters_on_anything_but_the_partition_key() {
    FollowTable follow = FollowTable.of(events());
    assertThatThrownBy(() -> follow.where(Filter.equal("value", "x")))
        .hasMessageContaining("it is not on the partition key")
        .hasMessageContaining("Filters can name [shard]");
    assertThatThrownBy(() -> follow.where(Filter.equal("day", Instant.EPOCH)))
        .hasMessageContaining("the bucket follows from the time");
    assertThatThrownBy(
            () -> Pipeline.create().apply(follow.from(CONNECTION).where(Filter.less("shard", 3))))
        .hasMessageContaining("a partition is found by equal or in");
  }

  @Test
  void paces_that_cannot_be() {
    FollowTable follow = FollowTable.of(events());
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    assertThatThrownBy(() -> follow.since(time).until(time.minus(Duration.millis(1))))
        .hasMessageContaining("since is not after until");
    assertThatThrownBy(() -> follow.since(Instant.ofEpochMilli(-1)))
        .hasMessageContaining("1970 or later");
    assertThatThrownBy(() -> follow.withPollInterval(Duration.ZERO))
        .hasMessageContaining("10 ms to 1 hour");
    assertThatThrownBy(() -> follow.withOverlap(Duration.ZERO))
        .hasMessageContaining("1 ms to 7 days");
    assertThatThrownBy(() -> follow.withMaxSeenKeys(0)).hasMessageContaining("at least one key");
    assertThatThrownBy(() -> follow.withConsistency(Consistency.SERIAL))
        .hasMessageContaining("SERIAL");
    assertThatThrownBy(() -> follow.where(Filter.equal("shard", 1)).between(time, time))
        .hasMessageContaining("a span of time");
    assertThatThrownBy(() -> follow.as(Wrong.class))
        .hasMessageContaining("at is DATETIME NOT NULL, not STRING NOT NULL");
    assertThatThrownBy(
            () -> Pipeline.create().apply(FollowTable.of(events()).where(Filter.equal("shard", 1))))
        .hasMessageContaining("needs a connection");
  }

  @Test
  void display_data_says_what_is_followed_and_no_values() {
    DisplayData shown =
        DisplayData.from(
            FollowTable.of(events())
                .from(CONNECTION)
                .where(Filter.in("shard", List.of(4711, 4712)))
                .since(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(shown.asMap().values().toString())
        .contains("ks.events", "shard IN (?)", "LOCAL_QUORUM", "2026-01-01T00:00:00.000Z")
        .doesNotContain("4711");
  }
}
