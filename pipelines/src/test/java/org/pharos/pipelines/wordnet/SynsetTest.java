package org.pharos.pipelines.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.wordnet.Synset.Pointer;

class SynsetTest {
  @Test
  void reads_words_pointers_and_gloss_of_a_noun() {
    assertThat(
            Synset.parse(
                "00002137 03 n 02 abstraction 0 abstract_entity 0 002 @ 00001740 n 0000"
                    + " + 00694095 v 0101 | a general concept; \"he | she\"  "))
        .isEqualTo(
            new Synset(
                "n00002137",
                "n",
                3,
                List.of("abstraction", "abstract entity"),
                List.of(new Pointer("@", "n00001740", 0, 0), new Pointer("+", "v00694095", 1, 1)),
                "a general concept; \"he | she\""));
  }

  @Test
  void skips_the_frames_of_a_verb() {
    assertThat(
            Synset.parse(
                "00002325 29 v 01 respire 1 001 $ 00001740 v 0000 01 + 02 00 | undergo"
                    + " respiration"))
        .isEqualTo(
            new Synset(
                "v00002325",
                "v",
                29,
                List.of("respire"),
                List.of(new Pointer("$", "v00001740", 0, 0)),
                "undergo respiration"));
  }

  @Test
  void reads_word_counts_as_hexadecimal_and_word_numbers_of_pointers_too() {
    Synset synset =
        Synset.parse(
            "00000001 00 n 0a a 0 b 0 c 0 d 0 e 0 f 0 g 0 h 0 i 0 j 0 001 ! 00000002 n 0a1f | g");
    assertThat(synset.words()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    assertThat(synset.pointers()).containsExactly(new Pointer("!", "n00000002", 10, 31));
  }

  @Test
  void drops_the_syntactic_marks_of_adjectives_and_files_satellites_with_them() {
    assertThat(Synset.parse("00003131 00 s 01 galore(ip) 0 001 & 00013887 s 0000 | in quantity"))
        .isEqualTo(
            new Synset(
                "a00003131",
                "s",
                0,
                List.of("galore"),
                List.of(new Pointer("&", "a00013887", 0, 0)),
                "in quantity"));
  }

  @Test
  void knows_the_licence_from_the_data() {
    assertThat(Synset.isLicence("  1 This software and database is being provided")).isTrue();
    assertThat(Synset.isLicence("00001740 03 n 01 entity 0 000 | g")).isFalse();
  }

  @Test
  void refuses_a_line_that_is_cut_short_with_the_line() {
    assertThatThrownBy(() -> Synset.parse("00001740 03 n 02 entity 0 | that which is"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a line of a WordNet data file: 00001740 03 n 02 entity 0 | that which is");
  }
}
