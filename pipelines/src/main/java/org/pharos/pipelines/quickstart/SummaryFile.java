package org.pharos.pipelines.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The outcome as {@code summary.json}, for programs. */
final class SummaryFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SummaryFile() {}

  static void write(Outcome outcome, Path file) {
    try {
      JSON.writeValue(file.toFile(), of(outcome));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static ObjectNode of(Outcome outcome) {
    ObjectNode summary = JSON.createObjectNode();
    summary.put("runner", outcome.runner());
    outcome.cluster().contactPoints().forEach(summary.putArray("contact_points")::add);
    summary.put("datacenter", outcome.cluster().datacenter());
    summary.put("keyspace", outcome.keyspace());
    summary.put("verified", outcome.holds());
    summary.put("seconds", round(outcome.seconds()));
    summary.put("rows_written", outcome.rowsWritten());
    summary.put("rows_read", outcome.rowsRead());
    ArrayNode steps = summary.putArray("steps");
    for (Step step : outcome.steps()) {
      steps
          .addObject()
          .put("name", step.name())
          .put("seconds", round(step.seconds()))
          .put("rows_read", step.read())
          .put("rows_written", step.written())
          .put("rows_per_second", Math.round(step.rowsPerSecond()));
    }
    ArrayNode tables = summary.putArray("tables");
    for (Verified table : outcome.tables()) {
      ObjectNode node = tables.addObject();
      node.put("table", table.table()).put("verified", table.holds());
      node.putObject("source")
          .put("rows", table.expected().rows())
          .put("digest", table.expected().hex());
      node.putObject("read_back").put("rows", table.rows()).put("digest", table.hex());
    }
    ArrayNode checks = summary.putArray("checks");
    for (Outcome.Check check : outcome.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("expected", check.expected())
          .put("found", check.found())
          .put("verified", check.holds());
    }
    ObjectNode training = summary.putObject("training_set");
    for (TrainingSet.Part set : outcome.trainingSet().sets()) {
      training.putObject(set.name()).put("rows", set.rows()).put("digest", set.digest());
    }
    summary.set("served", parsed(outcome.trainingSet().served()));
    ArrayNode lookedUp = summary.putArray("looked_up");
    for (Outcome.LookedUp look : outcome.lookedUp()) {
      ObjectNode node = lookedUp.addObject();
      node.put("table", look.table()).set("key", parsed(look.key()));
      ArrayNode rows = node.put("rows_found", look.rows().size()).putArray("rows");
      look.rows().forEach(row -> rows.add(parsed(row)));
    }
    return summary;
  }

  private static com.fasterxml.jackson.databind.JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }

  private static double round(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
