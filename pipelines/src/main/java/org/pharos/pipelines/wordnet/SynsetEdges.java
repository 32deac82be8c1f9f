package org.pharos.pipelines.wordnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.archive.ArchiveLines;
import org.pharos.pipelines.archive.LineParser;
import org.pharos.pipelines.wordnet.Synset.Pointer;
import org.pharos.schemas.graph.Edge;

/**
 * A synset as its edges to others, one for each relation and target. Where WordNet relates several
 * words of two synsets, the edge weighs as many as there are pointers, and its property {@code
 * words} says which, as {@code 1>2} for the first word of the source and the second of the target.
 */
final class SynsetEdges implements LineParser<Edge> {
  private static final long serialVersionUID = 1L;

  @Override
  public void parse(ArchiveLines.Line line, Consumer<Edge> out) {
    if (!Synset.isLicence(line.text())) {
      of(Synset.parse(line.text())).forEach(out);
    }
  }

  static List<Edge> of(Synset synset) {
    Map<List<String>, List<Pointer>> relations = new LinkedHashMap<>();
    for (Pointer pointer : synset.pointers()) {
      relations
          .computeIfAbsent(List.of(pointer.symbol(), pointer.target()), k -> new ArrayList<>())
          .add(pointer);
    }
    List<Edge> edges = new ArrayList<>(relations.size());
    for (List<Pointer> pointers : relations.values()) {
      Pointer first = pointers.get(0);
      edges.add(
          new Edge(
              synset.id(),
              Relation.named(first.symbol()),
              first.target(),
              pointers.size(),
              words(pointers)));
    }
    return edges;
  }

  private static @Nullable Map<String, String> words(List<Pointer> pointers) {
    List<String> pairs = new ArrayList<>();
    for (Pointer pointer : pointers) {
      if (pointer.sourceWord() > 0) {
        pairs.add(pointer.sourceWord() + ">" + pointer.targetWord());
      }
    }
    return pairs.isEmpty() ? null : Map.of("words", String.join(" ", pairs));
  }
}
