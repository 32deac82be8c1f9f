package org.pharos.pipelines.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pharos.pipelines.tables.CanonicalRow;
import org.pharos.pipelines.tables.RowDigest;
import org.pharos.pipelines.wordnet.Relation;
import org.pharos.pipelines.wordnet.Topic;

/**
 * What the tables of WordNet must hold, told from the files alone: neither the doors nor the
 * parsers, records and tables of the loading pipeline take part, so a fault of theirs shows.
 */
final class WordNetSource {
  private static final Pattern HEAD = Pattern.compile("(\\d{8}) (\\d\\d) ([nvasr]) ([0-9a-f]{2}) ");
  private static final Pattern WORD = Pattern.compile("(\\S+?)(?:\\((?:p|a|ip)\\))? [0-9a-f] ");
  private static final Pattern POINTERS = Pattern.compile("(\\d{3}) ");
  private static final Pattern POINTER =
      Pattern.compile("(\\S+) (\\d{8}) ([nvasr]) ([0-9a-f]{2})([0-9a-f]{2}) ");
  private static final Pattern GLOSS =
      Pattern.compile("(?:\\d\\d (?:\\+ \\d\\d [0-9a-f]{2} )+)?\\| (.*)");
  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/data.";

  private final Map<String, long[]> degrees = new HashMap<>();
  private RowDigest documents = RowDigest.EMPTY;
  private RowDigest edges = RowDigest.EMPTY;

  private WordNetSource() {}

  /** The digest of each table by its name, from the artifact's file. */
  static Map<String, RowDigest> digests(Path jar) {
    WordNetSource source = new WordNetSource();
    try (TextArchive archive = new TextArchive(jar)) {
      for (String part : List.of("noun", "verb", "adj", "adv")) {
        archive.forEach(
            FOLDER + part,
            (line, number) -> {
              if (!line.startsWith("  ")) {
                source.add(line);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
    Map<String, RowDigest> digests = new LinkedHashMap<>();
    digests.put("documents", source.documents);
    digests.put("edges", source.edges);
    digests.put("degrees", source.degrees());
    return digests;
  }

  private void add(String line) throws IOException {
    // Piece by piece: one pattern for all would recurse for each pointer, and some have hundreds.
    Matcher at = HEAD.matcher(line);
    MatchResult head = next(at, HEAD);
    String type = head.group(3);
    String id = part(type) + head.group(1);
    List<String> words = new ArrayList<>();
    for (int left = Integer.parseInt(head.group(4), 16); left > 0; left--) {
      words.add(next(at, WORD).group(1));
    }
    List<MatchResult> pointers = new ArrayList<>();
    for (int left = Integer.parseInt(next(at, POINTERS).group(1)); left > 0; left--) {
      pointers.add(next(at, POINTER));
    }
    documents =
        documents.plus(
            new CanonicalRow()
                .add("id", id)
                .add("title", String.join(", ", words).replace('_', ' '))
                .add("text", next(at, GLOSS).group(1).strip())
                .add(
                    "attributes",
                    CanonicalRow.list(
                        List.of(
                            CanonicalRow.list(List.of("part_of_speech", type)),
                            CanonicalRow.list(
                                List.of("topic", Topic.named(Integer.parseInt(head.group(2))))))))
                .text());
    addEdges(id, pointers);
  }

  /** What the pattern matches where the last one ended. */
  private static MatchResult next(Matcher at, Pattern pattern) throws IOException {
    if (!at.usePattern(pattern).lookingAt()) {
      throw new IOException("not a synset: " + at);
    }
    MatchResult found = at.toMatchResult();
    at.region(at.end(), at.regionEnd());
    return found;
  }

  private void addEdges(String id, List<MatchResult> pointers) {
    Map<String, List<MatchResult>> same = new TreeMap<>();
    for (MatchResult pointer : pointers) {
      String key =
          Relation.named(pointer.group(1)) + " " + part(pointer.group(3)) + pointer.group(2);
      same.computeIfAbsent(key, k -> new ArrayList<>()).add(pointer);
    }
    same.forEach(
        (key, several) -> {
          String relation = key.substring(0, key.indexOf(' '));
          String target = key.substring(key.indexOf(' ') + 1);
          addEdge(id, "OUT", relation, target, several);
          addEdge(target, "IN", relation, id, several);
          degrees.computeIfAbsent(id, node -> new long[2])[0]++;
          degrees.computeIfAbsent(target, node -> new long[2])[1]++;
        });
  }

  private void addEdge(
      String node, String direction, String type, String neighbor, List<MatchResult> pointers) {
    List<String> words = new ArrayList<>();
    for (MatchResult pointer : pointers) {
      if (!pointer.group(4).equals("00")) {
        words.add(
            Integer.parseInt(pointer.group(4), 16) + ">" + Integer.parseInt(pointer.group(5), 16));
      }
    }
    CanonicalRow row =
        new CanonicalRow()
            .add("node", node)
            .add("direction", direction)
            .add("bucket", "0")
            .add("type", type)
            .add("neighbor", neighbor)
            .add("weight", pointers.size() + ".0");
    if (!words.isEmpty()) {
      row =
          row.add(
              "properties",
              CanonicalRow.list(
                  List.of(CanonicalRow.list(List.of("words", String.join(" ", words))))));
    }
    edges = edges.plus(row.text());
  }

  private RowDigest degrees() {
    RowDigest sum = RowDigest.EMPTY;
    for (Map.Entry<String, long[]> degree : degrees.entrySet()) {
      sum =
          sum.plus(
              new CanonicalRow()
                  .add("node", degree.getKey())
                  .add("out_degree", Long.toString(degree.getValue()[0]))
                  .add("in_degree", Long.toString(degree.getValue()[1]))
                  .text());
    }
    return sum;
  }

  private static String part(String type) {
    return type.equals("s") ? "a" : type;
  }
}
