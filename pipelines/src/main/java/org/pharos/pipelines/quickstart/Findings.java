package org.pharos.pipelines.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the reading pipelines found: lines of cells by their first cell, the kind. */
record Findings(Map<String, List<List<String>>> byKind) {

  /** The lines of some files. */
  static Findings of(List<Path> files) {
    Map<String, List<List<String>>> byKind = new TreeMap<>();
    for (Path file : files) {
      try {
        for (String line : Files.readAllLines(file)) {
          List<String> cells = List.of(line.split("\t", -1));
          byKind
              .computeIfAbsent(cells.get(0), kind -> new ArrayList<>())
              .add(cells.subList(1, cells.size()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return new Findings(byKind);
  }

  /** The lines of a kind, without it. */
  List<List<String>> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** The last cell of the line of a kind whose next cells are these, as a number; 0 if none is. */
  long number(String kind, String name) {
    return of(kind).stream()
        .filter(cells -> cells.get(0).equals(name))
        .mapToLong(cells -> Long.parseLong(cells.get(cells.size() - 1)))
        .findFirst()
        .orElse(0);
  }
}
