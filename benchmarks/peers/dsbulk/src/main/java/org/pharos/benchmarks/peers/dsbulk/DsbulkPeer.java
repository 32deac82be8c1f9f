package org.pharos.benchmarks.peers.dsbulk;

import com.datastax.oss.dsbulk.runner.cli.CommandLineParser;
import com.datastax.oss.dsbulk.runner.cli.ParsedCommandLine;
import com.datastax.oss.dsbulk.workflow.api.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pharos.benchmarks.workload.CsvFile;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;

/**
 * Loads the task's file, which is made beforehand, or unloads into its directory; with the defaults
 * of its command line.
 */
public final class DsbulkPeer {
  private DsbulkPeer() {}

  /** See {@link Peer#main}. */
  public static void main(String[] arguments) {
    Peer.main(DsbulkPeer::run, arguments);
  }

  @SuppressWarnings("try") // an interrupt ends the process
  private static void run(Task task) throws Exception {
    ParsedCommandLine command =
        new CommandLineParser(arguments(task).toArray(new String[0])).parse();
    try (Workflow workflow = command.getWorkflowProvider().newWorkflow(command.getConfig())) {
      workflow.init();
      Meter.first();
      if (!workflow.execute()) {
        throw new IllegalStateException("some records were rejected");
      }
      Meter.seen(0, 0);
    }
    Meter.end();
    if (task.job() == Job.WRITE) {
      Meter.add(task.rows(), 0);
    } else {
      meterUnloaded(task);
    }
  }

  private static List<String> arguments(Task task) {
    return List.of(
        task.job() == Job.WRITE ? "load" : "unload",
        "-h",
        "\"" + task.host() + "\"",
        "-port",
        Integer.toString(task.port()),
        "-dc",
        task.datacenter(),
        "-cl",
        "LOCAL_QUORUM",
        "-k",
        Shape.KEYSPACE,
        "-t",
        task.shape().table(),
        "-header",
        "true",
        "-url",
        task.file(),
        "-verbosity",
        "quiet");
  }

  private static void meterUnloaded(Task task) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(task.file()))) {
      for (Path file : files.toList()) {
        CsvFile.meter(file, task.shape());
      }
    }
  }
}
