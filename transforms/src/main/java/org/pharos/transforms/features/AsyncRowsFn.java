package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Each row with its answer, while many are asked for at once; each leaves in its own window and
 * with its own timestamp, in the order they came. A question that fails, fails the bundle.
 */
final class AsyncRowsFn extends DoFn<Row, Row> {

  /** Open questions of an instance. */
  private static final int MAX_IN_FLIGHT = 256;

  private static final long serialVersionUID = 1L;

  /** Travels with the pipeline, and makes on a worker who answers. */
  interface Source extends Serializable {
    Answers open();
  }

  /** Who answers. */
  interface Answers extends AutoCloseable {
    CompletableFuture<Row> of(Row row);

    @Override
    void close();
  }

  private record Waiting(CompletableFuture<Row> answer, Instant timestamp, BoundedWindow window) {}

  private final Source source;
  private transient @Nullable Answers answers;
  private transient @Nullable Deque<Waiting> waiting;

  AsyncRowsFn(Source source) {
    this.source = source;
  }

  @Setup
  public void setUp() {
    answers = source.open();
  }

  @StartBundle
  public void startBundle() {
    waiting = new ArrayDeque<>();
  }

  @ProcessElement
  public void process(
      @Element Row row,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<Row> out) {
    Deque<Waiting> asked = Objects.requireNonNull(waiting);
    asked.add(new Waiting(Objects.requireNonNull(answers).of(row), timestamp, window));
    while (asked.size() >= MAX_IN_FLIGHT || (!asked.isEmpty() && asked.element().answer.isDone())) {
      Waiting first = asked.remove();
      out.outputWindowedValue(
          answer(first), first.timestamp, List.of(first.window), PaneInfo.NO_FIRING);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    Deque<Waiting> asked = Objects.requireNonNull(waiting);
    while (!asked.isEmpty()) {
      Waiting first = asked.remove();
      context.output(answer(first), first.timestamp, first.window);
    }
  }

  private static Row answer(Waiting asked) {
    try {
      return asked.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Teardown
  public void tearDown() {
    if (answers != null) {
      answers.close();
      answers = null;
    }
  }

  /** Answers of earlier rows leave while a later one is processed. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }
}
