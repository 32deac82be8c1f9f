package org.pharos.pipelines.wordnet;

import java.util.List;

/** The names of the lexicographers' files: what a synset is about (manual page lexnames(5WN)). */
public final class Topic {
  private static final List<String> NAMES =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private Topic() {}

  /**
   * The name of a file.
   *
   * @throws IllegalArgumentException if WordNet has no file of this number
   */
  public static String named(int lexicographerFile) {
    if (lexicographerFile < 0 || lexicographerFile >= NAMES.size()) {
      throw new IllegalArgumentException("WordNet has no lexicographer file " + lexicographerFile);
    }
    return NAMES.get(lexicographerFile);
  }
}
