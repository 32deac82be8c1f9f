package org.pharos.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as a Markdown table: medians, their spread, and each peer's rate over another's. */
final class MarkdownTable {
  private MarkdownTable() {}

  static String of(String unit, List<PeerResult> results) {
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("peer", "runs", unit + "/s", "least-most"));
    boolean timed = results.stream().anyMatch(PeerResult::timed);
    if (timed) {
      head.addAll(List.of("p50 ms", "p99 ms"));
    }
    head.addAll(
        List.of(
            "client CPU s/M steady", "client CPU s/M all", "server CPU s/M", "start s", "peak MB"));
    results.forEach(result -> head.add("x " + result.peer()));
    lines.add(line(head));
    lines.add(line(head.stream().map(cell -> cell.equals("peer") ? "---" : "---:").toList()));
    results.forEach(result -> lines.add(line(cells(result, results, timed))));
    results.forEach(
        result ->
            result
                .problem()
                .ifPresent(problem -> lines.add("\n" + result.peer() + " failed: " + problem)));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> cells(PeerResult result, List<PeerResult> all, boolean timed) {
    List<String> cells = new ArrayList<>();
    cells.add(result.peer().toString());
    cells.add(result.runs() + (result.problem().isPresent() ? " (failed)" : ""));
    cells.add(whole(result.rate().median()));
    cells.add(whole(result.rate().least()) + "-" + whole(result.rate().most()));
    if (timed) {
      cells.add(ratio(result.p50Millis().median()));
      cells.add(ratio(result.p99Millis().median()));
    }
    cells.add(decimal(result.steadyCpuPerMillion().median()));
    cells.add(decimal(result.clientCpuSeconds().median() * 1e6 / result.units()));
    cells.add(decimal(result.serverCpuPerMillion()));
    cells.add(decimal(result.startSeconds().median()));
    cells.add(whole(result.peakMegabytes().median()));
    all.forEach(other -> cells.add(ratio(result.rate().median() / other.rate().median())));
    return cells;
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String whole(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String decimal(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.1f", number);
  }

  private static String ratio(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.2f", number);
  }
}
