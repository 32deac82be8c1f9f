package org.pharos.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The newest figures of each comparison in one Markdown file, a section each. */
final class ResultsFile {
  private static final String SECTION = "## ";

  private final Path file;

  ResultsFile(Path file) {
    this.file = file;
  }

  /** Replaces the section of this title, or adds it at the end. */
  void put(String title, String text) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "# Results\n";
    Files.writeString(file, merge(before, title, text));
  }

  static String merge(String document, String title, String text) {
    String head = document;
    Map<String, String> sections = new LinkedHashMap<>();
    int first = document.indexOf("\n" + SECTION);
    if (first >= 0) {
      head = document.substring(0, first + 1);
      for (String section : document.substring(first + 1).split("(?m)^" + SECTION, -1)) {
        int line = section.indexOf('\n');
        if (line >= 0) {
          sections.put(section.substring(0, line).strip(), section.substring(line).strip());
        }
      }
    }
    sections.put(title, text.strip());
    return sections.entrySet().stream()
        .map(section -> SECTION + section.getKey() + "\n\n" + section.getValue() + "\n")
        .collect(Collectors.joining("\n", head.strip() + "\n\n", ""));
  }
}
