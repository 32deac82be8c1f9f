package org.pharos.pipelines.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pharos.pipelines.report.Html;

/** The outcome as {@code report.html}, for people: one file with all its pictures. */
final class ReportFile {
  private static final int CATEGORIES = 10;
  private static final int CUT = 420;

  private ReportFile() {}

  static void write(Outcome outcome, Path file) {
    try {
      Files.writeString(file, page(outcome));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static String page(Outcome outcome) {
    Html page = new Html();
    page = head(page, outcome);
    page = verification(page, outcome);
    page = steps(page, outcome);
    page = pictures(page, outcome);
    page = training(page, outcome);
    page = words(page, outcome);
    page = lookUps(page, outcome);
    return cql(page, outcome).page("Pharos quickstart");
  }

  private static Html head(Html page, Outcome outcome) {
    String verdict =
        outcome.holds()
            ? "<span class='good'>Every table read back is the source, row by row.</span>"
            : "<span class='bad'>A table read back is not the source; see below.</span>";
    return page.element("h1", "Pharos quickstart")
        .add(
            text(
                "<p>A retailer's sales and WordNet 3.1 went into Apache Cassandra through Beam"
                    + " pipelines on the %s runner, came back by token range, and became features,"
                    + " words and a graph. %s</p>",
                Html.escape(outcome.runner()), verdict))
        .add("<div class='tiles'>")
        .add(tile(number(outcome.rowsWritten()), "rows written"))
        .add(tile(number(outcome.rowsRead()), "rows read back"))
        .add(tile(text("%.0f s", outcome.seconds()), "from start to report"))
        .add(tile(number(outcome.tables().size()), "tables verified by digest"))
        .add("</div>");
  }

  private static Html verification(Html page, Outcome outcome) {
    List<List<String>> rows = new ArrayList<>();
    for (Verified table : outcome.tables()) {
      rows.add(
          List.of(
              Html.escape(table.table()),
              number(table.expected().rows()),
              number(table.rows()),
              "<code>" + Html.escape(table.hex()) + "</code>",
              verdict(table.holds())));
    }
    List<List<String>> checks = new ArrayList<>();
    for (Outcome.Check check : outcome.checks()) {
      checks.add(
          List.of(
              Html.escape(check.name()),
              number(check.expected()),
              number(check.found()),
              verdict(check.holds())));
    }
    return page.element("h2", "Verified")
        .element(
            "p",
            "The digest is the sum, modulo 2^128, of a 128-bit hash of each row's cells: the order"
                + " of rows does not matter, each cell does. The source's side is computed from the"
                + " files, without this library's doors.")
        .table(List.of("table", "#rows in the source", "#rows read back", "digest", ""), rows)
        .element("p class='soft'", "")
        .table(List.of("what was derived", "#must be", "#is", ""), checks);
  }

  private static Html steps(Html page, Outcome outcome) {
    double longest = outcome.steps().stream().mapToDouble(Step::seconds).max().orElse(1);
    List<List<String>> rows = new ArrayList<>();
    for (Step step : outcome.steps()) {
      rows.add(
          List.of(
              Html.escape(step.name()),
              text(
                  "<div class='meter' style='width:%.0fpx'></div>", 180 * step.seconds() / longest),
              text("%.1f s", step.seconds()),
              step.read() > 0 ? number(step.read()) : "",
              step.written() > 0 ? number(step.written()) : "",
              step.rows() > 0 ? number(Math.round(step.rowsPerSecond())) : ""));
    }
    return page.element("h2", "What took how long")
        .table(List.of("step", "", "#time", "#rows read", "#rows written", "#rows/s"), rows);
  }

  private static Html pictures(Html page, Outcome outcome) {
    Charts charts = new Charts(outcome.findings());
    return page.element("h2", "Sales")
        .figure("Sales over time", charts.salesOverTime(), "Two years of receipts, by week.")
        .figure(
            "Rows in a partition, and what the planner predicted",
            charts.partitions(outcome.keyspace()),
            "Each store's sales are cut into partitions of four weeks. The planner takes a store's"
                + " rows a day; "
                + charts.busiest(outcome.keyspace()).message()
                + ".")
        .element("h2", "Features of customers")
        .element("p", "One row a customer, as known on 31 December 1998, by SummarizeEvents.")
        .add("<div class='pair'>")
        .figure("Purchases", charts.feature(0, "lines bought", true), "")
        .figure("Spend", charts.feature(1, "$", false), "")
        .figure("Distinct products", charts.feature(2, "products", true), "")
        .figure("Recency", charts.feature(3, "days since the last purchase", true), "")
        .add("</div>")
        .element("p class='soft'", "")
        .table(List.of("favourite category", "", "#customers"), categories(outcome.findings()))
        .element("h2", "The graph of WordNet")
        .figure(
            "Degrees",
            charts.degrees(),
            "How many synsets have how many edges, on logarithmic axes: few hubs, many leaves.");
  }

  private static List<List<String>> categories(Findings findings) {
    Map<String, Integer> customers = new TreeMap<>();
    findings.of("features").forEach(cells -> customers.merge(cells.get(4), 1, Integer::sum));
    int most = customers.isEmpty() ? 1 : Collections.max(customers.values());
    return customers.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(CATEGORIES)
        .map(
            category ->
                List.of(
                    Html.escape(category.getKey()),
                    text(
                        "<div class='meter' style='width:%.0fpx'></div>",
                        300.0 * category.getValue() / most),
                    number(category.getValue())))
        .toList();
  }

  private static Html training(Html page, Outcome outcome) {
    List<List<String>> sets = new ArrayList<>();
    for (TrainingSet.Part set : outcome.trainingSet().sets()) {
      sets.add(
          List.of(
              Html.escape(set.name()),
              number(set.rows()),
              "<code>" + Html.escape(set.digest()) + "</code>"));
    }
    return page.element("h2", "A training set")
        .element(
            "p",
            text(
                "Who buys again within 30 days? Features as of %d dates (defined in spending.yaml,"
                    + " beside this report) were joined with the question as they were known at its"
                    + " date: nothing that happened later is in a row. The files are in the folder"
                    + " training-set, with a manifest; all rows of a customer are in one set.",
                TrainingSet.TIMES.size()))
        .table(List.of("set", "#rows", "digest"), sets)
        .figure(
            "Who bought again",
            Charts.boughtAgain(outcome.trainingSet()),
            "By the days since the last purchase before: a feature that a model can learn from.")
        .element("p", "Customer 6280 as OnlineFeatures serves it, without a pipeline:")
        .element("pre", outcome.trainingSet().served());
  }

  private static Html words(Html page, Outcome outcome) {
    Findings findings = outcome.findings();
    List<List<String>> rows =
        findings.of("word").stream()
            .sorted(Comparator.comparingLong((List<String> w) -> -Long.parseLong(w.get(2))))
            .map(
                word ->
                    List.of(
                        Html.escape(word.get(0)),
                        number(Long.parseLong(word.get(2))),
                        number(Long.parseLong(word.get(1)))))
            .toList();
    return page.element("h2", "The words of WordNet's glosses")
        .element(
            "p",
            text(
                "%s words in %s glosses, by the rules of Unicode, with their offsets; %s distinct"
                    + " ones. The most common:",
                number(findings.number("words", "tokens")),
                number(findings.number("words", "documents")),
                number(findings.number("words", "terms"))))
        .table(List.of("term", "#documents", "#occurrences"), rows);
  }

  private static Html lookUps(Html page, Outcome outcome) {
    List<List<String>> rows = new ArrayList<>();
    for (Outcome.LookedUp look : outcome.lookedUp()) {
      String first = look.rows().isEmpty() ? "" : look.rows().get(0);
      rows.add(
          List.of(
              Html.escape(look.table()),
              "<code>" + Html.escape(look.key()) + "</code>",
              look.rows().isEmpty() ? "missing" : number(look.rows().size()),
              "<code>" + Html.escape(cut(first)) + "</code>"));
    }
    return page.element("h2", "Looked up by key")
        .table(List.of("table", "key", "#rows", "the first one"), rows);
  }

  private static Html cql(Html page, Outcome outcome) {
    return page.element("h2", "Look at the tables yourself")
        .element("p", CqlHints.where(outcome.cluster()))
        .element("pre", String.join("\n", CqlHints.commands(outcome.cluster())))
        .element("pre", String.join("\n", CqlHints.statements(outcome.keyspace())));
  }

  private static String tile(String number, String name) {
    return "<div class='tile'><b>" + number + "</b><span>" + Html.escape(name) + "</span></div>";
  }

  private static String verdict(boolean holds) {
    return holds ? "<span class='good'>equal</span>" : "<span class='bad'>differs</span>";
  }

  private static String cut(String text) {
    return text.length() <= CUT ? text : text.substring(0, CUT) + " …";
  }

  private static String number(long value) {
    return text("%,d", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
