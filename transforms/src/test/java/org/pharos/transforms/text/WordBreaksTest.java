package org.pharos.transforms.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordBreaksTest {

  @Test
  void breaks_every_sample_that_unicode_publishes_where_it_says() throws IOException {
    List<String> samples = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    WordBreaksTest.class.getResourceAsStream("WordBreakTest-15.0.0.txt")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          samples.add(line);
          broken.add(marked(text(line)));
        }
      }
    }
    assertThat(broken).hasSize(1823).isEqualTo(samples);
  }

  @Property
  void covers_any_text_without_gaps_and_starts_again_at_any_boundary(@ForAll String text) {
    List<Integer> boundaries = boundaries(text);
    assertThat(boundaries).isSorted().doesNotHaveDuplicates().last().isEqualTo(text.length());
    for (int i = 1; i < boundaries.size(); i++) {
      assertThat(WordBreaks.next(text, boundaries.get(i - 1))).isEqualTo(boundaries.get(i));
    }
  }

  @Test
  void keeps_a_run_of_letters_that_only_a_dictionary_could_cut() {
    assertThat(boundaries("สวัสดี abc")).containsExactly(0, 6, 7, 10);
  }

  @Test
  void survives_unpaired_surrogates() {
    assertThat(boundaries("a\uD800b\uDC00")).containsExactly(0, 1, 2, 3, 4);
  }

  private static List<Integer> boundaries(String text) {
    List<Integer> boundaries = new ArrayList<>(List.of(0));
    int position = 0;
    while (position < text.length()) {
      position = WordBreaks.next(text, position);
      boundaries.add(position);
    }
    return boundaries;
  }

  private static String text(String sample) {
    StringBuilder text = new StringBuilder();
    for (String part : sample.split(" ")) {
      if (!part.equals("÷") && !part.equals("×")) {
        text.appendCodePoint(Integer.parseInt(part, 16));
      }
    }
    return text.toString();
  }

  /** The text as the samples write it. */
  private static String marked(String text) {
    List<Integer> boundaries = boundaries(text);
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      parts.add(boundaries.contains(at) ? "÷" : "×");
      parts.add(String.format("%04X", codePoint));
      at += Character.charCount(codePoint);
    }
    parts.add("÷");
    return String.join(" ", parts);
  }
}
