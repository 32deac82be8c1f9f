package org.pharos.pipelines.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What the options of following say wrongly is told before anything starts. */
class FollowedTableTest {
  private static final Voice VOICE =
      new Voice("test", List.of("--runner=DirectRunner"), "", Streaming.AS_OTHERS, Cluster.NONE);

  private static final String[] BUCKET = {"--bucketColumn=day", "--bucketSeconds=86400"};

  private static final Map<String, Table> TABLES =
      Map.of(
          "events",
          Table.named("pharos", "events")
              .partitionKey("Shard", CqlType.INT)
              .partitionKey("day", CqlType.TIMESTAMP)
              .clusteringKey("at", CqlType.TIMESTAMP)
              .column("user", CqlType.TEXT)
              .build(),
          "by_user",
          Table.named("pharos", "by_user")
              .partitionKey("user", CqlType.TEXT)
              .clusteringKey("at", CqlType.TIMESTAMP)
              .column("Shard", CqlType.INT)
              .column("day", CqlType.TIMESTAMP)
              .column("note", CqlType.TEXT)
              .build(),
          "narrow",
          Table.named("pharos", "narrow")
              .partitionKey("user", CqlType.TEXT)
              .column("at", CqlType.TIMESTAMP)
              .build(),
          "other_key",
          Table.named("pharos", "other_key")
              .partitionKey("page", CqlType.TEXT)
              .column("user", CqlType.TEXT)
              .column("at", CqlType.TIMESTAMP)
              .column("Shard", CqlType.INT)
              .column("day", CqlType.TIMESTAMP)
              .build());

  private static <O extends CassandraOptions> Pipeline assembled(
      CatalogedPipeline<O> cataloged, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--contactPoints=127.0.0.1");
    all.add("--localDatacenter=dc1");
    O options = Arguments.parse(VOICE, all, cataloged.options());
    cataloged.check().accept(options);
    options.setDescribedTables(TABLES);
    Pipeline pipeline = Pipeline.create(options);
    cataloged.assemble().accept(pipeline, options);
    return pipeline;
  }

  private static Pipeline follow(String target, String partitions, String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of("--table=events", "--target=" + target, "--partitions=" + partitions));
    flags.addAll(List.of(more));
    return assembled(FollowRows.cataloged(), flags.toArray(new String[0]));
  }

  private static void refuses(String message, Runnable run) {
    assertThatThrownBy(run::run).isInstanceOf(BadOption.class).hasMessageContaining(message);
  }

  @Test
  void a_table_with_its_bucket_and_shards_is_followed_without_end() {
    List<PCollection.IsBounded> bounds = new ArrayList<>();
    follow("by_user", "{\"Shard\":[0,1]}", BUCKET)
        .traverseTopologically(
            new Pipeline.PipelineVisitor.Defaults() {
              @Override
              public void visitValue(PValue value, TransformHierarchy.Node producer) {
                bounds.add(((PCollection<?>) value).isBounded());
              }
            });
    assertThat(bounds).endsWith(PCollection.IsBounded.UNBOUNDED);
  }

  @Test
  void partitions_must_be_values_of_the_partition_key() {
    refuses("needs the values of [Shard]", () -> follow("by_user", "{}", BUCKET));
    refuses("needs the values of [Shard, day]", () -> follow("by_user", "{}"));
    refuses("--partitions=x: a JSON object", () -> follow("by_user", "x", BUCKET));
    refuses("Shard needs values in an array", () -> follow("by_user", "{\"Shard\":1}", BUCKET));
    refuses("Shard needs values in an array", () -> follow("by_user", "{\"Shard\":[]}", BUCKET));
    refuses(
        "a JSON string that does not fit column Shard int",
        () -> follow("by_user", "{\"Shard\":[\"a\"]}", BUCKET));
    refuses("names no partition", () -> follow("by_user", "{\"Shard\":[null]}", BUCKET));
    refuses(
        "the partition key of events has no column x",
        () -> follow("by_user", "{\"x\":[1]}", BUCKET));
  }

  @Test
  void buckets_must_be_said_whole() {
    refuses(
        "--bucketSeconds=0: 1 or more are allowed, together with --bucketColumn",
        () -> follow("by_user", "{}", "--bucketColumn=day"));
    refuses("together with --bucketColumn", () -> follow("by_user", "{}", "--bucketSeconds=60"));
    refuses(
        "bucket user must be part of the partition key",
        () -> follow("by_user", "{}", "--bucketColumn=user", "--bucketSeconds=60"));
  }

  @Test
  void the_target_must_have_all_columns() {
    String shards = "{\"Shard\":[0]}";
    refuses("another table than --table", () -> follow("events", shards, BUCKET));
    refuses("it lacks [Shard, day]", () -> follow("narrow", shards, BUCKET));
    refuses("its key has [page]", () -> follow("other_key", shards, BUCKET));
  }

  @Test
  void times_and_paces_must_make_sense() {
    refuses(
        "a time as in",
        () ->
            follow(
                "by_user",
                "{\"Shard\":[0]}",
                "--bucketColumn=day",
                "--bucketSeconds=60",
                "--since=today"));
    refuses(
        "a time after --since is allowed",
        () ->
            follow(
                "by_user", "{}", "--since=2026-11-26T08:00:00Z", "--until=2026-11-26T07:00:00Z"));
    refuses("1 to 3600", () -> follow("by_user", "{}", "--pollSeconds=0"));
    refuses("1 to 604800", () -> follow("by_user", "{}", "--overlapSeconds=0"));
    refuses(
        "a time after --from is allowed",
        () ->
            assembled(
                ReconcileRows.cataloged(),
                "--table=events",
                "--target=by_user",
                "--from=2026-11-26T08:00:00Z",
                "--to=2026-11-26T08:00:00Z",
                "--report=r"));
  }
}
