package org.pharos.pipelines.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The training set that the quickstart made, as its files and their manifest tell.
 *
 * @param sets the sets, in their order
 * @param nulls how many values of features are null
 * @param shares how many customers bought again, by the days since their last purchase
 * @param served what the online features of a customer are, as JSON
 */
record TrainingSet(List<Part> sets, long nulls, List<Share> shares, String served) {
  /** When features are stated and decisions made: every ninety days of the two years. */
  static final List<Instant> TIMES = times();

  /** The same, as the option of build-features says it. */
  static final String STATED_AT = "1997-03-01T00:00:00Z/1998-11-21T00:00:00Z/90d";

  static final int DAYS_OF_A_SHARE = 30;
  private static final int SHARES = 10;

  /**
   * A set.
   *
   * @param digest of its rows
   */
  record Part(String name, long rows, String digest) {}

  /**
   * Rows whose customers bought last so many days before.
   *
   * @param fromDays until {@link #DAYS_OF_A_SHARE} days more
   * @param again of how many the customer bought again within 30 days
   */
  record Share(int fromDays, long rows, long again) {}

  private static List<Instant> times() {
    List<Instant> times = new ArrayList<>();
    Instant last = Instant.parse("1998-11-21T00:00:00Z");
    for (Instant time = Instant.parse("1997-03-01T00:00:00Z");
        !time.isAfter(last);
        time = time.plus(Duration.standardDays(90))) {
      times.add(time);
    }
    return List.copyOf(times);
  }

  /** Writes the definition of the view beside the report, for people to change. */
  static Path definition(Path folder) {
    Path file = folder.resolve("spending.yaml");
    try (InputStream text = TrainingSet.class.getResourceAsStream("spending.yaml")) {
      Files.write(file, Objects.requireNonNull(text).readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Empties a folder of the files of an earlier run, whose number may have been another. */
  static Path emptied(Path folder) {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(it -> it.toString().matches(".*\\.(csv|json)")).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot empty " + folder, e);
      }
    }
    return folder;
  }

  /** What is in the folder that make-training-set wrote to. */
  static TrainingSet read(Path folder, String served) {
    try {
      JsonNode manifest = new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
      List<Part> sets = new ArrayList<>();
      long[] nulls = new long[1];
      for (Map.Entry<String, JsonNode> set : manifest.get("sets").properties()) {
        JsonNode told = set.getValue();
        sets.add(new Part(set.getKey(), told.get("rows").asLong(), told.get("digest").asText()));
        told.get("nulls").forEach(count -> nulls[0] += count.asLong());
      }
      return new TrainingSet(sets, nulls[0], shares(folder), served);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the training set in " + folder, e);
    }
  }

  private static List<Share> shares(Path folder) throws IOException {
    Map<Integer, long[]> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".csv")).toList()) {
        try (BufferedReader text = Files.newBufferedReader(file)) {
          CSVFormat format =
              CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
          for (CSVRecord row : format.parse(text)) {
            String days = row.get("spending_recency_all");
            if (!days.isEmpty()) {
              long[] share =
                  counts.computeIfAbsent(
                      Math.min(Integer.parseInt(days) / DAYS_OF_A_SHARE, SHARES - 1),
                      key -> new long[2]);
              share[0]++;
              share[1] += Boolean.parseBoolean(row.get("buys_again")) ? 1 : 0;
            }
          }
        }
      }
    }
    List<Share> shares = new ArrayList<>();
    counts.forEach(
        (bin, share) -> shares.add(new Share(bin * DAYS_OF_A_SHARE, share[0], share[1])));
    return shares;
  }

  long rows() {
    return sets.stream().mapToLong(Part::rows).sum();
  }
}
