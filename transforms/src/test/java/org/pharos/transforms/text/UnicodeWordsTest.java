package org.pharos.transforms.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.text.Token;

class UnicodeWordsTest {

  @Test
  void keeps_words_and_numbers_with_their_places_and_drops_the_rest() {
    assertThat(
            UnicodeWords.asWritten()
                .tokenize("The quick (\"brown\") fox can't jump 32.3 feet, right?"))
        .containsExactly(
            new Token("The", 0, 3),
            new Token("quick", 4, 9),
            new Token("brown", 12, 17),
            new Token("fox", 20, 23),
            new Token("can't", 24, 29),
            new Token("jump", 30, 34),
            new Token("32.3", 35, 39),
            new Token("feet", 40, 44),
            new Token("right", 46, 51));
  }

  @Test
  void lower_case_keeps_the_places_of_the_original_text() {
    assertThat(UnicodeWords.inLowerCase().tokenize("İZMİR Ünïcode ΣΑΣ"))
        .containsExactly(
            new Token("i̇zmi̇r", 0, 5), new Token("ünïcode", 6, 13), new Token("σας", 14, 17));
  }

  @Test
  void knows_scripts_without_spaces() {
    assertThat(UnicodeWords.asWritten().tokenize("東京タワーへ行く。กรุงเทพ 한국어"))
        .containsExactly(
            new Token("東", 0, 1),
            new Token("京", 1, 2),
            new Token("タワー", 2, 5),
            new Token("へ", 5, 6),
            new Token("行", 6, 7),
            new Token("く", 7, 8),
            new Token("กรุงเทพ", 9, 16),
            new Token("한국어", 17, 20));
  }

  @Test
  void counts_offsets_in_utf_16_units() {
    assertThat(UnicodeWords.asWritten().tokenize("😀 𝒳𝒴 a\u0301b"))
        .containsExactly(new Token("𝒳𝒴", 3, 7), new Token("a\u0301b", 8, 11));
  }

  @Test
  void a_text_without_words_has_no_tokens() {
    assertThat(UnicodeWords.asWritten().tokenize("")).isEmpty();
    assertThat(UnicodeWords.asWritten().tokenize(" \n–*_* 🎉 … ©")).isEmpty();
  }

  @Property
  void tokens_are_pieces_of_the_text_in_order_and_no_letter_is_lost(@ForAll String text) {
    List<Token> tokens = UnicodeWords.asWritten().tokenize(text);
    StringBuilder rest = new StringBuilder();
    int end = 0;
    for (Token token : tokens) {
      assertThat(token.start()).isGreaterThanOrEqualTo(end);
      assertThat(token.term()).isNotEmpty().isEqualTo(text.substring(token.start(), token.end()));
      rest.append(text, end, token.start());
      end = token.end();
    }
    rest.append(text.substring(end));
    assertThat(rest.codePoints()).noneMatch(Character::isAlphabetic);
  }

  /**
   * Lucene's tokenizer is generated from the rules of UAX #29: another way to the same words. No
   * Hebrew: behind a Hebrew letter and a quote it joins a digit, which no rule does.
   */
  @Property
  void cuts_as_lucenes_standard_analyzer_does(@ForAll("texts") String text) {
    LuceneAnalyzer lucene = LuceneAnalyzer.standard();
    assertThat(UnicodeWords.inLowerCase().tokenize(text)).isEqualTo(lucene.tokenize(text));
    lucene.close();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "B", "é", "ß", "s", "1", "٣", "9", " ", " ", "'", "’", ".", ",", ";", ":", "_",
            "-", "\"", "ア", "ー", "ひ", "漢", "한", "ก", "ข", "\u0301", "\u00AD", "\u200D", "ж", "𝒳",
            "\n", "/", "@")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
