package org.pharos.transforms.text;

/**
 * Where words end, by the default rules of <a href="https://www.unicode.org/reports/tr29/">UAX
 * #29</a> (WB1 to WB999), in one pass and without looking back. Beyond the rules, a run of letters
 * of a script that needs a dictionary (Thai, Lao, Khmer, Myanmar, ...) stays whole.
 */
final class WordBreaks {

  private WordBreaks() {}

  /**
   * The end of the segment that starts at {@code start}: the next boundary.
   *
   * @param text any text, unpaired surrogates included
   * @param start a boundary before the end of the text, 0 at first
   */
  static int next(CharSequence text, int start) {
    int codePoint = Character.codePointAt(text, start);
    int position = start + Character.charCount(codePoint);
    WordBreak last = WordBreak.of(codePoint); // the code point just before `position`
    if (last.isLineEnd()) {
      boolean pair =
          last == WordBreak.CR && position < text.length() && text.charAt(position) == '\n';
      return pair ? position + 1 : position; // WB3, WB3a
    }
    WordBreak base = last; // the same, but looking through what is attached (WB4)
    boolean oddIndicators = base == WordBreak.REGIONAL_INDICATOR;
    boolean bridge = false; // `base` was joined only because of what follows it
    while (position < text.length()) {
      codePoint = Character.codePointAt(text, position);
      WordBreak here = WordBreak.of(codePoint);
      int after = position + Character.charCount(codePoint);
      boolean sewn = last == WordBreak.ZWJ && WordBreak.isPictograph(codePoint); // WB3c
      if (here.isAttached()) { // WB4
        last = here;
        position = after;
        continue;
      }
      boolean leads = !sewn && !bridge && leads(base, here, text, after);
      boolean joined =
          sewn
              || bridge
              || leads
              || (last == WordBreak.SEGMENT_SPACE && here == WordBreak.SEGMENT_SPACE) // WB3d
              || (here == WordBreak.REGIONAL_INDICATOR && oddIndicators) // WB15, WB16
              || belong(base, here);
      if (!joined) {
        return position;
      }
      bridge = leads;
      oddIndicators = here == WordBreak.REGIONAL_INDICATOR && !oddIndicators;
      base = here;
      last = here;
      position = after;
    }
    return position;
  }

  /** The rules that look at two neighbours: WB5, WB7a, WB8, WB9, WB10, WB13, WB13a, WB13b. */
  private static boolean belong(WordBreak left, WordBreak right) {
    return switch (left) {
      case LETTER, NUMERIC ->
          right.isLetter() || right == WordBreak.NUMERIC || right == WordBreak.EXTEND_NUM_LET;
      case HEBREW_LETTER ->
          right.isLetter()
              || right == WordBreak.NUMERIC
              || right == WordBreak.EXTEND_NUM_LET
              || right == WordBreak.SINGLE_QUOTE;
      case KATAKANA -> right == WordBreak.KATAKANA || right == WordBreak.EXTEND_NUM_LET;
      case EXTEND_NUM_LET ->
          right.isLetter()
              || right == WordBreak.NUMERIC
              || right == WordBreak.KATAKANA
              || right == WordBreak.EXTEND_NUM_LET;
      case COMPLEX -> right == WordBreak.COMPLEX;
      default -> false;
    };
  }

  /**
   * The rules for punctuation inside a word or a number, which holds only when the word goes on
   * behind it: WB6 and WB7, WB7b and WB7c, WB11 and WB12.
   */
  private static boolean leads(WordBreak left, WordBreak middle, CharSequence text, int after) {
    return switch (middle) {
      case SINGLE_QUOTE, MID_NUM_LET ->
          (left.isLetter() && following(text, after).isLetter())
              || (left == WordBreak.NUMERIC && following(text, after) == WordBreak.NUMERIC);
      case MID_LETTER -> left.isLetter() && following(text, after).isLetter();
      case MID_NUM -> left == WordBreak.NUMERIC && following(text, after) == WordBreak.NUMERIC;
      case DOUBLE_QUOTE ->
          left == WordBreak.HEBREW_LETTER && following(text, after) == WordBreak.HEBREW_LETTER;
      default -> false;
    };
  }

  private static WordBreak following(CharSequence text, int position) {
    int at = position;
    while (at < text.length()) {
      int codePoint = Character.codePointAt(text, at);
      WordBreak property = WordBreak.of(codePoint);
      if (!property.isAttached()) {
        return property;
      }
      at += Character.charCount(codePoint);
    }
    return WordBreak.OTHER;
  }
}
