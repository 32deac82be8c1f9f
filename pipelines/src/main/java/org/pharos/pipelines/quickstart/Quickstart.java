package org.pharos.pipelines.quickstart;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.pharos.local.MavenArtifacts;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.features.BuildCustomerFeatures;
import org.pharos.pipelines.features.BuildFeatures;
import org.pharos.pipelines.features.MakeTrainingSet;
import org.pharos.pipelines.foodmart.FoodMart;
import org.pharos.pipelines.foodmart.LoadFoodMart;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.JobFailed;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.tables.LookUpKeys;
import org.pharos.pipelines.tables.RowDigest;
import org.pharos.pipelines.text.IndexWords;
import org.pharos.pipelines.wordnet.LoadWordNet;
import org.pharos.pipelines.wordnet.WordNet;

/**
 * Loads real data into Cassandra, reads it back and verifies it, makes something of it, looks some
 * of it up, and tells about it: on the terminal, in {@code summary.json} and in {@code
 * report.html}.
 */
public final class Quickstart {
  private final Voice voice;
  private final PrintStream out;
  private final boolean terminal;

  /**
   * A quickstart on a runner.
   *
   * @param out for what people read
   * @param terminal whether lines can be written over
   */
  public Quickstart(Voice voice, PrintStream out, boolean terminal) {
    this.voice = voice;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Does all of it.
   *
   * @param arguments flags of {@link QuickstartOptions} and of the runner
   * @throws org.pharos.pipelines.BadOption before anything is started
   * @throws JobFailed if a step fails, or what was read back is not what the source says
   */
  public void run(List<String> arguments) {
    QuickstartOptions options = Arguments.parse(voice, arguments, QuickstartOptions.class);
    Data.check("foodMart", options.getFoodMart());
    Data.check("wordNet", options.getWordNet());
    Path folder = Path.of(options.getOutput()).toAbsolutePath().normalize();
    out.println("Pharos quickstart on the " + voice.name() + " runner");
    long start = System.nanoTime();
    CompletableFuture<Data> data = CompletableFuture.supplyAsync(() -> Data.of(options));
    try (Ground ground = Ground.of(options, folder)) {
      CompletableFuture<Map<String, RowDigest>> source = data.thenApplyAsync(Data::digests);
      out.println(
          String.format(
              Locale.ROOT,
              "  %-28s %s",
              "Cassandra " + (ground.isLocal() ? "started" : "to use"),
              ground.cluster().contactPoints()));
      Steps steps = new Steps(voice, out, terminal, ground.flags(arguments), start);
      Outcome outcome = work(steps, options, ground.cluster(), folder, join(data), source);
      SummaryFile.write(outcome, folder.resolve("summary.json"));
      ReportFile.write(outcome, folder.resolve("report.html"));
      tell(outcome, folder);
      if (!outcome.holds()) {
        throw new JobFailed("what was read back is not what the source says; see the report", null);
      }
    }
  }

  private static Outcome work(
      Steps steps,
      QuickstartOptions options,
      Cluster cluster,
      Path folder,
      Data data,
      CompletableFuture<Map<String, RowDigest>> source) {
    steps.run(LoadFoodMart.cataloged(), "--data=" + data.foodMart(), "--createTables=true");
    steps.run(LoadWordNet.cataloged(), "--data=" + data.wordNet(), "--createTables=true");
    Path back = folder.resolve("read-back.tsv");
    steps.run(ReadBack.cataloged(), "--findings=" + back);
    List<Verified> verified = verify(join(source), Findings.of(List.of(back)));
    steps.run(BuildCustomerFeatures.cataloged(), "--createTables=true");
    TrainingSet trainingSet = train(steps, folder);
    steps.run(IndexWords.cataloged(), "--createTables=true");
    Path derived = folder.resolve("derived.tsv");
    steps.run(ReadDerived.cataloged(), "--findings=" + derived);
    Path rows = folder.resolve("looked-up.tsv");
    List<String> flags = new ArrayList<>(LookUps.flags(folder.resolve("keys.tsv")));
    flags.add("--rows=" + rows);
    steps.run(LookUpKeys.cataloged(), flags.toArray(new String[0]));
    Findings findings = Findings.of(List.of(back, derived));
    return new Outcome(
        steps.runner(),
        cluster,
        options.getKeyspace(),
        steps.done(),
        verified,
        checks(verified, findings, steps, trainingSet),
        LookUps.read(rows),
        findings,
        trainingSet,
        steps.seconds());
  }

  /** Features as of many dates, a training set of them, and those of a customer as served. */
  private static TrainingSet train(Steps steps, Path folder) {
    Path definition = TrainingSet.definition(folder);
    steps.run(
        BuildFeatures.cataloged(),
        "--definition=" + definition,
        "--statedAt=" + TrainingSet.STATED_AT,
        "--createTables=true");
    steps.run(LabelCustomers.cataloged(), "--createTables=true");
    Path files = TrainingSet.emptied(folder.resolve("training-set"));
    steps.run(
        MakeTrainingSet.cataloged(),
        "--spine=repurchases",
        "--spineTime=decided_at",
        "--definitions=" + definition,
        "--folder=" + files);
    return TrainingSet.read(files, ServedCustomer.read(steps.options(), definition));
  }

  private static List<Verified> verify(Map<String, RowDigest> source, Findings back) {
    Map<String, List<String>> digests = new LinkedHashMap<>();
    back.of("digest").forEach(cells -> digests.put(cells.get(0), cells));
    List<Verified> verified = new ArrayList<>();
    source.forEach(
        (table, expected) -> {
          List<String> cells = digests.getOrDefault(table, List.of(table, "0", "none"));
          verified.add(new Verified(table, expected, Long.parseLong(cells.get(1)), cells.get(2)));
        });
    return verified;
  }

  /** What can be told of the derived tables from the numbers of the source. */
  private static List<Outcome.Check> checks(
      List<Verified> verified, Findings findings, Steps steps, TrainingSet trainingSet) {
    Map<String, Long> source = new LinkedHashMap<>();
    verified.forEach(table -> source.put(table.table(), table.expected().rows()));
    long purchases =
        findings.of("features").stream().mapToLong(cells -> Long.parseLong(cells.get(0))).sum();
    long ends =
        findings.of("degree").stream()
            .mapToLong(cells -> Long.parseLong(cells.get(1)) * Long.parseLong(cells.get(2)))
            .sum();
    return List.of(
        new Outcome.Check(
            "purchases over all customers", source.getOrDefault("sales", 0L), purchases),
        new Outcome.Check(
            "rows to train, validate, test", steps.written("label-customers"), trainingSet.rows()),
        new Outcome.Check("features in them that are null", 0, trainingSet.nulls()),
        new Outcome.Check("degrees over all synsets", source.getOrDefault("edges", 0L), ends),
        new Outcome.Check(
            "documents with tokens",
            source.getOrDefault("documents", 0L),
            findings.number("words", "documents")),
        new Outcome.Check(
            "occurrences over all terms",
            findings.number("words", "tokens"),
            findings.number("words", "occurrences")));
  }

  private void tell(Outcome outcome, Path folder) {
    out.println();
    for (Verified table : outcome.tables()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-12s %,9d rows  %s  %s",
              table.table(),
              table.rows(),
              table.hex(),
              table.holds() ? "equal to the source" : "DIFFERS FROM THE SOURCE"));
    }
    for (Outcome.Check check : outcome.checks()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-30s %,9d  %s",
              check.name(),
              check.found(),
              check.holds() ? "as it must be" : "MUST BE " + check.expected()));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%n%,d rows written and %,d read in %.0f s. Look at%n  %s%n  %s%n%n%s%n  %s",
            outcome.rowsWritten(),
            outcome.rowsRead(),
            outcome.seconds(),
            folder.resolve("report.html"),
            folder.resolve("summary.json"),
            CqlHints.where(outcome.cluster()),
            String.join(System.lineSeparator() + "  ", CqlHints.commands(outcome.cluster()))));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * The files of the data.
   *
   * @param foodMart the retailer's
   * @param wordNet WordNet's
   */
  private record Data(Path foodMart, Path wordNet) {
    /** Those that the options name, or else the artifacts'. */
    static Data of(QuickstartOptions options) {
      return new Data(
          file(options.getFoodMart(), FoodMart.ARTIFACT),
          file(options.getWordNet(), WordNet.ARTIFACT));
    }

    static void check(String option, @Nullable String given) {
      if (given != null && !Files.isReadable(Path.of(given))) {
        throw new BadOption(option, given, "is not a file that can be read");
      }
    }

    private static Path file(@Nullable String given, String artifact) {
      return given == null ? MavenArtifacts.file(artifact) : Path.of(given);
    }

    Map<String, RowDigest> digests() {
      Map<String, RowDigest> digests = new LinkedHashMap<>(FoodMartSource.digests(foodMart));
      digests.putAll(WordNetSource.digests(wordNet));
      return digests;
    }
  }
}
