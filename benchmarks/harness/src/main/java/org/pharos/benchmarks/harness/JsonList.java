package org.pharos.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison as a JSON list of objects, one a peer: medians, null where nothing was measured. */
final class JsonList {
  private JsonList() {}

  static String of(BenchOptions options, List<PeerResult> results) {
    double driver =
        results.stream()
            .filter(result -> result.peer() == PeerProgram.DRIVER)
            .mapToDouble(result -> result.rate().median())
            .findFirst()
            .orElse(Double.NaN);
    return results.stream()
        .map(result -> object(options, result, driver))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String object(BenchOptions options, PeerResult result, double driver) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("job", text(options.job()));
    fields.put("peer", text(result.peer()));
    fields.put("runner", result.peer().onBeam() ? text(options.runner()) : "null");
    fields.put("shape", text(options.shape()));
    fields.put("order", text(options.order()));
    fields.put("unit", text(options.job().unit()));
    fields.put("rows", Long.toString(result.units()));
    fields.put("runs", Integer.toString(result.runs()));
    fields.put("rowsPerSecond", number(result.rate().median()));
    fields.put("leastRowsPerSecond", number(result.rate().least()));
    fields.put("mostRowsPerSecond", number(result.rate().most()));
    fields.put("startSeconds", number(result.startSeconds().median()));
    fields.put("clientCpuSeconds", number(result.clientCpuSeconds().median()));
    fields.put("steadyClientCpuSecondsPerMillion", number(result.steadyCpuPerMillion().median()));
    fields.put("serverCpuSeconds", number(result.serverCpuSeconds().median()));
    fields.put("peakMegabytes", number(result.peakMegabytes().median()));
    if (result.timed()) {
      fields.put("p50Millis", number(result.p50Millis().median()));
      fields.put("p99Millis", number(result.p99Millis().median()));
    }
    fields.put("ratioToDriver", number(result.rate().median() / driver));
    fields.put("problem", result.problem().map(JsonList::text).orElse("null"));
    return fields.entrySet().stream()
        .map(field -> text(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(", ", "  {", "}"));
  }

  private static String number(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "null";
  }

  private static String text(Object value) {
    StringBuilder text = new StringBuilder("\"");
    for (char each : value.toString().toCharArray()) {
      if (each == '"' || each == '\\') {
        text.append('\\').append(each);
      } else if (each < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
      } else {
        text.append(each);
      }
    }
    return text.append('"').toString();
  }
}
