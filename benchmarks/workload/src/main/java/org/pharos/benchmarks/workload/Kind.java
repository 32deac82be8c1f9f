package org.pharos.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a column holds, and a value of it for each random number. */
public enum Kind {
  /** A Long. */
  BIGINT,
  /** A Long of milliseconds, which each peer turns into its own type. */
  TIMESTAMP,
  /** A Double. */
  DOUBLE,
  /** An Integer. */
  INT,
  /** A String of ASCII. */
  TEXT,
  /** A float[]. */
  VECTOR,
  /** A list of Integers. */
  LIST,
  /** A set of Strings. */
  SET,
  /** A map of String to Double. */
  MAP;

  private static final byte[] LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -"
          .getBytes(StandardCharsets.US_ASCII);

  Object value(long random, int size) {
    return switch (this) {
      case BIGINT, TIMESTAMP -> random;
      case DOUBLE -> fraction(random);
      case INT -> (int) (random >>> 32);
      case TEXT -> text(random, size);
      case VECTOR -> vector(random, size);
      case LIST -> list(random, size);
      case SET -> set(random, size);
      case MAP -> map(random, size);
    };
  }

  private static double fraction(long random) {
    return (random >>> 11) * 0x1.0p-53;
  }

  private static String text(long random, int size) {
    byte[] text = new byte[size];
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits = i % 10 == 0 ? Mix.mix(random + i) : bits >>> 6;
      text[i] = LETTERS[(int) (bits & 63)];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static float[] vector(long random, int size) {
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      vector[i] = (float) fraction(Mix.mix(random + i));
    }
    return vector;
  }

  private static List<Integer> list(long random, int size) {
    List<Integer> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add((int) Mix.mix(random + i));
    }
    return list;
  }

  private static Set<String> set(long random, int size) {
    Set<String> set = new HashSet<>();
    for (int i = 0; i < size; i++) {
      set.add(i + text(random + i, 10));
    }
    return set;
  }

  private static Map<String, Double> map(long random, int size) {
    Map<String, Double> map = new HashMap<>();
    for (int i = 0; i < size; i++) {
      map.put("key" + i, fraction(Mix.mix(random + i)));
    }
    return map;
  }
}
