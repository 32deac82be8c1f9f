package org.pharos.pipelines.wordnet;

import java.util.Map;

/** The names of WordNet's pointer symbols (manual page wninput(5WN)). */
public final class Relation {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("!", "antonym"),
          Map.entry("@", "hypernym"),
          Map.entry("@i", "instance_hypernym"),
          Map.entry("~", "hyponym"),
          Map.entry("~i", "instance_hyponym"),
          Map.entry("#m", "member_holonym"),
          Map.entry("#s", "substance_holonym"),
          Map.entry("#p", "part_holonym"),
          Map.entry("%m", "member_meronym"),
          Map.entry("%s", "substance_meronym"),
          Map.entry("%p", "part_meronym"),
          Map.entry("=", "attribute"),
          Map.entry("+", "derivation"),
          Map.entry(";c", "domain_topic"),
          Map.entry("-c", "member_of_domain_topic"),
          Map.entry(";r", "domain_region"),
          Map.entry("-r", "member_of_domain_region"),
          Map.entry(";u", "domain_usage"),
          Map.entry("-u", "member_of_domain_usage"),
          Map.entry("*", "entailment"),
          Map.entry(">", "cause"),
          Map.entry("^", "also_see"),
          Map.entry("$", "verb_group"),
          Map.entry("&", "similar_to"),
          Map.entry("<", "participle_of"),
          Map.entry("\\", "pertainym"));

  private Relation() {}

  /**
   * The name of a symbol, such as {@code hypernym}. The mark {@code \} is a pertainym of adjectives
   * and, for adverbs, what they derive from: one name for both.
   *
   * @throws IllegalArgumentException if WordNet has no such symbol
   */
  public static String named(String symbol) {
    String name = NAMES.get(symbol);
    if (name == null) {
      throw new IllegalArgumentException("WordNet has no pointer symbol " + symbol);
    }
    return name;
  }
}
