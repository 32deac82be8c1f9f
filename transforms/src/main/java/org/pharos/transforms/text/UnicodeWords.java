package org.pharos.transforms.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pharos.schemas.text.Token;

/**
 * Words by the rules of Unicode (<a href="https://www.unicode.org/reports/tr29/">UAX #29</a>),
 * whatever the language: "can't" and "3.14" are one word, a hyphen or a space ends one, each
 * ideograph and each hiragana is a word, and a run of Thai, Lao, Khmer or Myanmar letters, which
 * only a dictionary could cut, stays whole. White space, punctuation, symbols and emoji are
 * dropped. No normalization: what looks the same but is written differently stays different.
 */
public final class UnicodeWords implements Tokenizer {

  private static final long serialVersionUID = 1L;

  private final boolean lowerCase;

  private UnicodeWords(boolean lowerCase) {
    this.lowerCase = lowerCase;
  }

  /** Words exactly as they stand in the text. */
  public static UnicodeWords asWritten() {
    return new UnicodeWords(false);
  }

  /**
   * Words in lower case by the rules of no particular language. The offsets are still those of the
   * original text, whose length a lower-cased word may exceed (U+0130 becomes two characters).
   */
  public static UnicodeWords inLowerCase() {
    return new UnicodeWords(true);
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = WordBreaks.next(text, start);
      if (isWord(text, start, end)) {
        String word = text.substring(start, end);
        tokens.add(new Token(lowerCase ? word.toLowerCase(Locale.ROOT) : word, start, end));
      }
      start = end;
    }
    return tokens;
  }

  private static boolean isWord(String text, int start, int end) {
    int at = start;
    while (at < end) {
      int codePoint = text.codePointAt(at);
      // Alphabetic holds letters of every kind, ideographs and kana; so the rest is numbers.
      if (Character.isAlphabetic(codePoint) || WordBreak.of(codePoint) == WordBreak.NUMERIC) {
        return true;
      }
      at += Character.charCount(codePoint);
    }
    return false;
  }

  @Override
  public String toString() {
    return lowerCase ? "Unicode words in lower case" : "Unicode words";
  }
}
