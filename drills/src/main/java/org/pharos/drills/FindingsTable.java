package org.pharos.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as a table in Markdown, which reads well on a terminal too. */
final class FindingsTable {
  private static final List<String> HEADER =
      List.of(
          "drill",
          "job",
          "expected",
          "found",
          "doubled",
          "missing",
          "bad",
          "seconds",
          "retries",
          "peak MB",
          "outcome");

  /** Columns before this one are words, the others numbers, but for the last. */
  private static final int FIRST_NUMBER = 2;

  private FindingsTable() {}

  static String of(List<Finding> findings) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    findings.forEach(finding -> lines.add(cells(finding)));
    int last = HEADER.size() - 1;
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (int row = 0; row < lines.size(); row++) {
      append(table, lines.get(row), widths);
      if (row == 0) {
        rule(table, widths);
      }
    }
    return table.toString();
  }

  private static List<String> cells(Finding finding) {
    return List.of(
        finding.drill(),
        finding.part(),
        number(finding.expected()),
        number(finding.found()),
        number(finding.doubled()),
        number(finding.missing()),
        number(finding.bad()),
        String.format(Locale.ROOT, "%.0f", finding.seconds()),
        known(finding.retries()),
        known(finding.peakMegabytes()),
        (finding.passed() ? "passed" : "FAILED")
            + (finding.note().isEmpty() ? "" : ": " + finding.note().replace("|", "\\|")));
  }

  private static String known(long value) {
    return value < 0 ? "-" : number(value);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static void append(StringBuilder table, List<String> cells, int[] widths) {
    for (int i = 0; i < cells.size(); i++) {
      String space = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
      boolean number = i >= FIRST_NUMBER && i < cells.size() - 1;
      table.append("| ").append(number ? space + cells.get(i) : cells.get(i) + space).append(' ');
    }
    table.append("|\n");
  }

  private static void rule(StringBuilder table, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      boolean number = i >= FIRST_NUMBER && i < widths.length - 1;
      table.append('|').append("-".repeat(Math.max(3, widths[i] + 2) - (number ? 1 : 0)));
      table.append(number ? ":" : "");
    }
    table.append("|\n");
  }
}
