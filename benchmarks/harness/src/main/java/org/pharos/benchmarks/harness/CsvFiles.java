package org.pharos.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pharos.benchmarks.workload.CsvFile;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Job;

/** What a peer that works on CSV files reads and writes: made, and deleted, outside of its time. */
final class CsvFiles {
  private final Path directory;
  private final BenchOptions options;
  private @Nullable Path written;

  CsvFiles(Path directory, BenchOptions options) {
    this.directory = directory;
    this.options = options;
  }

  /** A file with all rows to load, or an empty directory to unload into. */
  String file() throws IOException {
    if (options.job() != Job.WRITE) {
      return emptied(directory.resolve("unloaded")).toString();
    }
    if (written == null) {
      Path file = directory.resolve("rows.csv");
      Data data = new Data(options.shape(), options.rows(), options.order());
      CsvFile.write(file, options.shape(), data, options.rows());
      file.toFile().deleteOnExit();
      written = file;
    }
    return written.toString();
  }

  private static Path emptied(Path unloaded) throws IOException {
    Files.createDirectories(unloaded);
    try (Stream<Path> files = Files.list(unloaded)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return unloaded;
  }
}
