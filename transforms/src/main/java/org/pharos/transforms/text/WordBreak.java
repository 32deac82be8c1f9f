package org.pharos.transforms.text;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;

/**
 * The Word_Break property of a code point, derived as table 3 of <a
 * href="https://www.unicode.org/reports/tr29/">UAX #29</a> says from the properties that the JDK
 * knows, so that new characters arrive with a new JDK.
 *
 * <p>One value is ours: {@link #COMPLEX}, the letters of scripts that write no spaces between words
 * and that no rule can cut (Thai, Lao, Khmer, Myanmar and their neighbours). UAX #29 leaves them to
 * a dictionary.
 */
enum WordBreak {
  OTHER,
  CR,
  LF,
  NEWLINE,
  EXTEND,
  ZWJ,
  FORMAT,
  REGIONAL_INDICATOR,
  KATAKANA,
  HEBREW_LETTER,
  LETTER,
  COMPLEX,
  SINGLE_QUOTE,
  DOUBLE_QUOTE,
  MID_NUM_LET,
  MID_LETTER,
  MID_NUM,
  NUMERIC,
  EXTEND_NUM_LET,
  SEGMENT_SPACE;

  private static final String MID_NUM_LETS = ".\u2018\u2019\u2024\uFE52\uFF07\uFF0E";
  private static final String MID_LETTERS = ":\u00B7\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A";
  private static final String MID_NUMS =
      ",;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B";
  private static final String MORE_LETTERS =
      "\u02D7\u02DE\u02DF\u055A\u055B\u055C\u055E\u058A\u05F3\uA720\uA721\uA789\uA78A\uAB5B";

  /** Pairs of first and last code point: Extended_Pictographic, as of Unicode 15. */
  private static final int[] PICTOGRAPHS = {
    0xa9, 0xa9, 0xae, 0xae, 0x203c, 0x203c, 0x2049, 0x2049, 0x2122, 0x2122, 0x2139, 0x2139, 0x2194,
    0x2199, 0x21a9, 0x21aa, 0x231a, 0x231b, 0x2328, 0x2328, 0x2388, 0x2388, 0x23cf, 0x23cf, 0x23e9,
    0x23f3, 0x23f8, 0x23fa, 0x24c2, 0x24c2, 0x25aa, 0x25ab, 0x25b6, 0x25b6, 0x25c0, 0x25c0, 0x25fb,
    0x25fe, 0x2600, 0x2605, 0x2607, 0x2612, 0x2614, 0x2685, 0x2690, 0x2705, 0x2708, 0x2712, 0x2714,
    0x2714, 0x2716, 0x2716, 0x271d, 0x271d, 0x2721, 0x2721, 0x2728, 0x2728, 0x2733, 0x2734, 0x2744,
    0x2744, 0x2747, 0x2747, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2763,
    0x2767, 0x2795, 0x2797, 0x27a1, 0x27a1, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2934, 0x2935, 0x2b05,
    0x2b07, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x3030, 0x3030, 0x303d, 0x303d, 0x3297,
    0x3297, 0x3299, 0x3299, 0x1f000, 0x1f0ff, 0x1f10d, 0x1f10f, 0x1f12f, 0x1f12f, 0x1f16c, 0x1f171,
    0x1f17e, 0x1f17f, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1ad, 0x1f1e5, 0x1f201, 0x1f20f,
    0x1f21a, 0x1f21a, 0x1f22f, 0x1f22f, 0x1f232, 0x1f23a, 0x1f23c, 0x1f23f, 0x1f249, 0x1f3fa,
    0x1f400, 0x1f53d, 0x1f546, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f774, 0x1f77f, 0x1f7d5, 0x1f7ff,
    0x1f80c, 0x1f80f, 0x1f848, 0x1f84f, 0x1f85a, 0x1f85f, 0x1f888, 0x1f88f, 0x1f8ae, 0x1f8ff,
    0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1faff, 0x1fc00, 0x1fffd
  };

  /** The properties of the basic plane, which nearly all text stays in: worth one array. */
  private static final WordBreak[] BASIC_PLANE = basicPlane();

  /** The property of a code point. */
  static WordBreak of(int codePoint) {
    return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : derive(codePoint);
  }

  /** Whether the code point has the property Extended_Pictographic. */
  static boolean isPictograph(int codePoint) {
    if (codePoint < PICTOGRAPHS[0]) {
      return false;
    }
    int found = Arrays.binarySearch(PICTOGRAPHS, codePoint);
    // Between the ends of a range the insertion point is odd: -(odd) - 1.
    return found >= 0 || (-found - 1) % 2 == 1;
  }

  /** Whether the break rules look through it: it belongs to the character before it. */
  boolean isAttached() {
    return this == EXTEND || this == ZWJ || this == FORMAT;
  }

  /** AHLetter of the rules: a letter of a script with words between spaces. */
  boolean isLetter() {
    return this == LETTER || this == HEBREW_LETTER;
  }

  boolean isLineEnd() {
    return this == CR || this == LF || this == NEWLINE;
  }

  private static WordBreak[] basicPlane() {
    WordBreak[] properties = new WordBreak[0x10000];
    for (int codePoint = 0; codePoint < properties.length; codePoint++) {
      properties[codePoint] = derive(codePoint);
    }
    return properties;
  }

  private static WordBreak derive(int c) {
    switch (c) {
      case '\r':
        return CR;
      case '\n':
        return LF;
      case 0x0B, 0x0C, 0x85, 0x2028, 0x2029:
        return NEWLINE;
      case '\'':
        return SINGLE_QUOTE;
      case '"':
        return DOUBLE_QUOTE;
      case 0x200D:
        return ZWJ;
      case 0x202F:
        return EXTEND_NUM_LET;
      default:
        break;
    }
    if (MID_NUM_LETS.indexOf(c) >= 0) {
      return MID_NUM_LET;
    }
    if (MID_LETTERS.indexOf(c) >= 0) {
      return MID_LETTER;
    }
    if (MID_NUMS.indexOf(c) >= 0) {
      return MID_NUM;
    }
    if (isExtend(c)) {
      return EXTEND;
    }
    return switch (Character.getType(c)) {
      case Character.FORMAT -> c == 0x200B ? OTHER : FORMAT;
      case Character.CONNECTOR_PUNCTUATION -> EXTEND_NUM_LET;
      case Character.SPACE_SEPARATOR ->
          c == 0x00A0 || c == 0x2007 ? OTHER : SEGMENT_SPACE; // the others that forbid a line break
      case Character.DECIMAL_DIGIT_NUMBER -> NUMERIC;
      default -> letter(c);
    };
  }

  private static boolean isExtend(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default ->
          c == 0x200C
              || c == 0xFF9E
              || c == 0xFF9F
              || (c >= 0x1F3FB && c <= 0x1F3FF)
              || (c >= 0xE0020 && c <= 0xE007F);
    };
  }

  private static WordBreak letter(int c) {
    if (c >= 0x1F1E6 && c <= 0x1F1FF) {
      return REGIONAL_INDICATOR;
    }
    if (c == 0x066B) {
      return NUMERIC;
    }
    if ((c >= 0x3031 && c <= 0x3035)
        || c == 0x309B
        || c == 0x309C
        || c == 0x30A0
        || c == 0x30FC
        || c == 0xFF70) {
      return KATAKANA;
    }
    UnicodeScript script = UnicodeScript.of(c);
    if (script == UnicodeScript.KATAKANA) {
      return KATAKANA;
    }
    if (script == UnicodeScript.HEBREW && Character.getType(c) == Character.OTHER_LETTER) {
      return HEBREW_LETTER;
    }
    if ((c >= 0x02C2
            && c <= 0x02FF
            && Character.getType(c) == Character.MODIFIER_SYMBOL
            && (c < 0x02D8 || c > 0x02DD))
        || (c >= 0xA708 && c <= 0xA716)
        || MORE_LETTERS.indexOf(c) >= 0) {
      return LETTER;
    }
    if (!Character.isAlphabetic(c)
        || Character.isIdeographic(c)
        || script == UnicodeScript.HIRAGANA) {
      return OTHER;
    }
    return switch (script) {
      case THAI, LAO, MYANMAR, KHMER, TAI_LE, NEW_TAI_LUE, TAI_THAM, TAI_VIET, AHOM -> COMPLEX;
      default -> LETTER;
    };
  }
}
