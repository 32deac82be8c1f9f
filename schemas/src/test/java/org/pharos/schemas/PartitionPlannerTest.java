package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.PartitionPlan.Verdict;

class PartitionPlannerTest {

  /** The example of Cassandra's documentation: a hotel's rooms, by date. */
  private static final Table ROOMS =
      Table.named("hotel", "available_rooms_by_hotel_date")
          .partitionKey("hotel_id", CqlType.TEXT)
          .clusteringKey("date", CqlType.DATE)
          .clusteringKey("room_number", CqlType.SMALLINT)
          .column("is_available", CqlType.BOOLEAN)
          .build();

  @Test
  void agrees_with_the_documented_example() {
    // 100 rooms, two years of dates: 16 + 73,000 * (4 + 2 + 1) + 73,000 * 8
    PartitionPlan plan = PartitionPlanner.of(ROOMS).plan(100, Duration.standardDays(730));

    assertThat(plan)
        .isEqualTo(
            new PartitionPlan(
                "hotel.available_rooms_by_hotel_date",
                73_000,
                73_000,
                1_095_016,
                Verdict.OK,
                java.util.Optional.empty()));
    assertThat(plan.message())
        .isEqualTo(
            "hotel.available_rooms_by_hotel_date: about 73,000 rows and 1.1 MB a partition"
                + " (targets: 100,000 rows, 100 MB)");
    assertThat(plan.orRefuse()).isSameAs(plan);
  }

  private static TableBuilder events() {
    return Table.named("ks", "events")
        .partitionKey("sensor", CqlType.INT)
        .clusteringKey("at", CqlType.TIMESTAMP)
        .staticColumn("place", CqlType.UUID)
        .column("value", CqlType.DOUBLE)
        .column("note", CqlType.TEXT);
  }

  @Test
  void counts_static_columns_once_and_the_bucket_as_a_key_column() {
    Table table = events().bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1))).build();

    // Nv = 1000 * (6 - 3 - 1) + 1; St = (4 + 8) + 16 + 1000 * (8 + 8 + 20) + 2001 * 8
    PartitionPlan plan =
        PartitionPlanner.of(table).withBytes("note", 20).plan(1000, Duration.standardDays(365));

    assertThat(plan.rows()).isCloseTo(1000, within(1e-6));
    assertThat(plan.values()).isCloseTo(2001, within(1e-6));
    assertThat(plan.bytes()).isCloseTo(52_036, within(1e-6));
  }

  @Test
  void rows_that_expire_before_their_bucket_ends_do_not_add_up() {
    Table table =
        events().bucketedBy(Bucket.byTime("year", "at", Duration.standardDays(365))).build();

    assertThat(
            PartitionPlanner.of(table)
                .withRowBytes(100)
                .plan(1000, Duration.standardDays(7))
                .rows())
        .isCloseTo(7000, within(1e-6));
  }

  @Test
  void hash_buckets_share_the_rows() {
    Table table = events().bucketedBy(Bucket.byHash("b", List.of("at"), 10)).build();

    assertThat(
            PartitionPlanner.of(table)
                .withRowBytes(100)
                .plan(1000, Duration.standardDays(30))
                .rows())
        .isCloseTo(3000, within(1e-6));
  }

  @Test
  void one_row_a_partition_without_a_clustering_key() {
    Table table =
        Table.named("ks", "t").partitionKey("p", CqlType.UUID).column("v", CqlType.INT).build();

    assertThat(PartitionPlanner.of(table).plan(1e9, Duration.standardDays(1)).rows()).isEqualTo(1);
  }

  @Test
  void warns_above_a_target_and_refuses_above_ten_times() {
    PartitionPlanner planner = PartitionPlanner.of(events().build()).withRowBytes(100);

    assertThat(planner.plan(1000, Duration.standardDays(100)).verdict()).isEqualTo(Verdict.OK);
    assertThat(planner.plan(1001, Duration.standardDays(100)).verdict()).isEqualTo(Verdict.WARN);
    assertThat(planner.plan(10_000, Duration.standardDays(100)).verdict()).isEqualTo(Verdict.WARN);
    PartitionPlan refused = planner.plan(10_001, Duration.standardDays(100));
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSE);
    assertThatIllegalArgumentException()
        .isThrownBy(refused::orRefuse)
        .withMessage(
            "ks.events: about 1,000,100 rows and 116.0 MB a partition (targets: 100,000 rows, 100"
                + " MB); take TimeBucket[column=bucket, timeColumn=at, width=PT86400S]");
  }

  @Test
  void large_rows_are_limited_by_bytes() {
    PartitionPlan plan =
        PartitionPlanner.of(events().build())
            .withRowBytes(1_000_000)
            .plan(10, Duration.standardDays(30));

    assertThat(plan.verdict()).isEqualTo(Verdict.WARN);
    assertThat(plan.proposal()).contains(Bucket.byTime("bucket", "at", Duration.standardDays(1)));
  }

  @Test
  void proposes_a_bucket_of_the_tables_own_kind() {
    Table byHash = events().bucketedBy(Bucket.byHash("b", List.of("at"), 2)).build();
    Table byTime =
        events().bucketedBy(Bucket.byTime("b", "at", Duration.standardDays(365))).build();

    assertThat(
            PartitionPlanner.of(byHash)
                .withRowBytes(100)
                .plan(10_000, Duration.standardDays(100))
                .proposal())
        .contains(Bucket.byHash("b", List.of("at"), 20));
    assertThat(
            PartitionPlanner.of(byTime)
                .withRowBytes(100)
                .plan(10_000, Duration.standardDays(100))
                .proposal())
        .contains(Bucket.byTime("b", "at", Duration.standardDays(1)));
  }

  @Test
  void proposes_hash_buckets_where_rows_are_not_in_the_order_of_time() {
    Table table =
        Table.named("ks", "edges")
            .partitionKey("from", CqlType.BIGINT)
            .clusteringKey("to", CqlType.BIGINT)
            .build();

    assertThat(PartitionPlanner.of(table).plan(500_000, Duration.standardDays(1)).proposal())
        .contains(Bucket.byHash("bucket", List.of("to"), 10));
  }

  @Test
  void says_when_no_bucket_would_do() {
    PartitionPlan plan =
        PartitionPlanner.of(events().build())
            .withRowBytes(200_000_000)
            .plan(1, Duration.standardDays(1));

    assertThat(plan.proposal()).isEmpty();
    assertThat(plan.message())
        .endsWith("; no bucket alone would do: split the partition key or the row");
  }

  @Test
  void asks_for_the_sizes_that_it_cannot_know() {
    PartitionPlanner planner = PartitionPlanner.of(events().build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> planner.plan(1, Duration.standardDays(1)))
        .withMessage(
            "table ks.events: state the mean size of [note], whose types have no fixed size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> planner.withBytes("note", 0))
        .withMessage("bytes of note must be positive, not 0.0");
  }

  @Property
  void what_it_proposes_is_ok(
      @ForAll @DoubleRange(min = 1, max = 1e7) double rowsPerDay,
      @ForAll @IntRange(min = 1, max = 100_000) int rowBytes,
      @ForAll @IntRange(min = 1, max = 3650) int days) {
    Duration kept = Duration.standardDays(days);
    PartitionPlan plan =
        PartitionPlanner.of(events().build()).withRowBytes(rowBytes).plan(rowsPerDay, kept);

    plan.proposal()
        .ifPresent(
            bucket ->
                assertThat(
                        PartitionPlanner.of(events().bucketedBy(bucket).build())
                            .withRowBytes(rowBytes)
                            .plan(rowsPerDay, kept)
                            .verdict())
                    .isEqualTo(Verdict.OK));
  }
}
