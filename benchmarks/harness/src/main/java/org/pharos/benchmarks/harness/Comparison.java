package org.pharos.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Order;
import org.pharos.benchmarks.workload.Outcome;
import org.pharos.benchmarks.workload.Serving;
import org.pharos.benchmarks.workload.Task;

/** All runs of one comparison: a round to warm the server up, then the rounds that count. */
final class Comparison {
  private final BenchOptions options;
  private final Server server;
  private final PeerProcess processes;
  private final PrintStream progress;
  private final CsvFiles csv;
  private final long tableDigest;

  Comparison(BenchOptions options, Server server, PeerProcess processes, PrintStream progress) {
    this.options = options;
    this.server = server;
    this.processes = processes;
    this.progress = progress;
    this.csv = new CsvFiles(processes.directory(), options);
    this.tableDigest = new Data(options.shape(), options.rows(), Order.CLUSTERED).digest();
  }

  List<PeerResult> run() throws IOException, InterruptedException {
    load();
    for (PeerProgram peer : options.peers()) {
      report("warm-up", run(peer));
    }
    List<Run> runs = new ArrayList<>();
    List<PeerProgram> turns = new ArrayList<>(options.peers());
    for (int round = 1; round <= options.rounds(); round++) {
      for (PeerProgram peer : turns) {
        Run run = run(peer);
        runs.add(run);
        report("round " + round, run);
      }
      // None is always first, or always after the same other.
      Collections.rotate(turns, 1);
    }
    return options.peers().stream()
        .map(peer -> PeerResult.of(peer, runs.stream().filter(run -> run.peer() == peer).toList()))
        .toList();
  }

  /** The bare driver writes the table, which warms the server up as well. */
  private void load() throws IOException, InterruptedException {
    if (options.job().serves()) {
      progress.printf("Loading %d views of %,d entities ...%n", Serving.VIEWS, Serving.ENTITIES);
      server.loadViews();
      return;
    }
    progress.printf("Loading %,d rows ...%n", options.rows());
    PeerProcess.Result loaded = processes.run(PeerProgram.DRIVER, task(Job.WRITE, 0, ""));
    if (loaded.outcome().isEmpty()) {
      throw new IllegalStateException("the table cannot be loaded: " + loaded.lastLines());
    }
    Optional<String> problem = check();
    if (problem.isPresent()) {
      throw new IllegalStateException("the table cannot be loaded: " + problem.get());
    }
    server.flush();
  }

  private Run run(PeerProgram peer) throws IOException, InterruptedException {
    if (options.job() == Job.WRITE) {
      server.truncate();
    }
    String file = peer == PeerProgram.DSBULK ? csv.file() : "";
    Task task = task(options.job(), peer.keys(options.keys()), file);
    server.rest();
    double before = server.cpuSeconds();
    PeerProcess.Result result = processes.run(peer, task);
    double used = server.cpuSeconds() - before;
    Optional<String> problem =
        result.outcome().isEmpty()
            ? Optional.of(result.lastLines())
            : options.job() == Job.WRITE
                ? check()
                : Correctness.problem(result.outcome().get(), task, expectedDigest(task));
    return new Run(peer, task.units(), result.outcome(), used, problem);
  }

  private long expectedDigest(Task task) {
    return switch (task.job()) {
      case LOOKUP -> task.data().digestOfKeys(task.keys());
      case COUNT -> 0;
      case FEATURES -> task.data().digestOfFeatures();
      case JOIN -> task.data().digestOfSpine();
      case SERVE_VIEWS, SERVE_ENTITIES -> Serving.of(task.job()).digest(task.keys());
      case WRITE, SCAN -> tableDigest;
    };
  }

  /** The bare driver reads the table. */
  private Optional<String> check() throws IOException, InterruptedException {
    Task task = task(Job.SCAN, 0, "");
    PeerProcess.Result read = processes.run(PeerProgram.DRIVER, task);
    if (read.outcome().isEmpty()) {
      return Optional.of("the table cannot be read: " + read.lastLines());
    }
    return Correctness.problem(read.outcome().get(), task, tableDigest);
  }

  private Task task(Job job, long keys, String file) {
    return new Task(
        job,
        options.shape(),
        options.order(),
        options.rows(),
        job == Job.LOOKUP || job.serves() ? keys : 0,
        options.runner(),
        server.contactPoint(),
        server.datacenter(),
        file);
  }

  private void report(String round, Run run) {
    if (run.counts()) {
      Outcome outcome = run.outcome().orElseThrow();
      progress.printf(
          "%-9s %-12s %,10.0f %s/s, %.1f s steady of %.1f s, CPU %.1f s (%.1f s steady) + server"
              + " %.1f s, %,.0f MB%n",
          round,
          run.peer(),
          run.units() / outcome.steadySeconds(),
          options.job().unit(),
          outcome.steadySeconds(),
          outcome.seconds(),
          outcome.cpuSeconds(),
          outcome.steadyCpuSeconds(),
          run.serverCpuSeconds(),
          outcome.peakMegabytes());
    } else {
      progress.printf("%-9s %-12s failed: %s%n", round, run.peer(), run.problem().orElse(""));
    }
  }
}
