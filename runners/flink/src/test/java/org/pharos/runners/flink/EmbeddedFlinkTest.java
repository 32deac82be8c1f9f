package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkTest {
  private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();
  private static final AtomicLong SEEN = new AtomicLong();

  private static void run(int parallelism, boolean streaming, String value) {
    run(parallelism, streaming, value, each -> each);
  }

  private static void run(
      int parallelism,
      boolean streaming,
      String value,
      SerializableFunction<String, String> mapping) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner",
                    "--flinkMaster=[auto]",
                    "--parallelism=" + parallelism,
                    "--streaming=" + streaming)
                .create());
    PCollection<Long> counted =
        pipeline
            .apply(Create.of(value, value, value))
            .apply(MapElements.into(TypeDescriptors.strings()).via(mapping))
            .apply(Count.globally());
    PAssert.that(counted).containsInAnyOrder(3L);
    pipeline.run().waitUntilFinish();
  }

  private static long clusters() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("flink-scheduler-"))
        .count();
  }

  @Test
  void jobs_one_after_the_other_share_a_cluster_in_batch_and_streaming() {
    run(2, false, "first");
    long before = clusters();

    for (boolean streaming : List.of(false, true, false, true)) {
      run(2, streaming, "next");
    }

    assertThat(clusters()).isEqualTo(before);
  }

  @Test
  @Tag("slow")
  void jobs_beside_each_other_and_wider_ones_find_room() throws Exception {
    LATCHES.put("inside", new CountDownLatch(1));
    LATCHES.put("go", new CountDownLatch(1));
    CompletableFuture<Void> slow =
        CompletableFuture.runAsync(
            () ->
                run(
                    2,
                    false,
                    "slow",
                    each -> {
                      LATCHES.get("inside").countDown();
                      await("go");
                      return each;
                    }));
    await("inside");

    run(2, false, "beside");
    run(5, false, "wider");

    assertThat(slow).isNotDone();
    LATCHES.get("go").countDown();
    slow.get(60, TimeUnit.SECONDS);
  }

  @Test
  void a_job_that_fails_leaves_the_cluster_to_the_next() {
    assertThatThrownBy(
            () ->
                run(
                    2,
                    false,
                    "failing",
                    each -> {
                      throw new IllegalStateException("as it must");
                    }))
        .satisfies(
            failure ->
                assertThat(Stream.iterate(failure, each -> each != null, Throwable::getCause))
                    .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("as it must")));

    run(2, false, "after");
  }

  @Test
  void a_job_ends_with_the_thread_that_waits_for_it() throws Exception {
    Pipeline endless =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=FlinkRunner", "--flinkMaster=[auto]")
                .create());
    endless
        .apply(GenerateSequence.from(0).withRate(10, Duration.millis(100)))
        .apply(
            MapElements.into(TypeDescriptors.longs())
                .via(each -> SEEN.accumulateAndGet(each, Math::max)));
    Thread waiting = new Thread(() -> endless.run().waitUntilFinish(), "waiting");
    waiting.setDaemon(true);
    waiting.start();
    Instant deadline = Instant.now().plusSeconds(60);
    while (SEEN.get() < 10 && Instant.now().isBefore(deadline)) {
      Thread.sleep(100);
    }

    waiting.interrupt();

    waiting.join(60_000);
    assertThat(waiting.isAlive()).isFalse();
    long seen;
    do {
      seen = SEEN.get();
      Thread.sleep(1000);
    } while (SEEN.get() > seen && Instant.now().isBefore(deadline));
    assertThat(SEEN).as("goes on").hasValue(seen);
  }

  private static void await(String latch) {
    try {
      assertThat(LATCHES.get(latch).await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
