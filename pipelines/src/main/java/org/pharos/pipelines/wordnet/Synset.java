package org.pharos.pipelines.wordnet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of synonyms of WordNet: one line of a {@code data.noun}, {@code .verb}, {@code .adj} or
 * {@code .adv} file, whose format is WordNet's manual page wndb(5WN).
 *
 * @param id the part of speech and the line's offset, as in {@code n00001740}: unique in WordNet,
 *     and what pointers point to. Satellite adjectives count as adjectives.
 * @param partOfSpeech {@code n}, {@code v}, {@code a}, {@code s} (satellite adjective) or {@code r}
 * @param lexicographerFile the number of the file that it was written in, 0 to 44: its topic
 * @param words the synonyms, with spaces, and without the syntactic marks of adjectives
 * @param pointers the relations to other synsets, in the order of the line
 * @param gloss the definition, and often examples
 */
public record Synset(
    String id,
    String partOfSpeech,
    int lexicographerFile,
    List<String> words,
    List<Pointer> pointers,
    String gloss)
    implements Serializable {

  /**
   * A relation from a synset, or from one of its words, to another.
   *
   * @param symbol the relation as WordNet writes it, such as {@code @} for hypernym
   * @param target the id of the other synset
   * @param sourceWord the number of the word that it is from, from 1; 0 for the whole synset
   * @param targetWord the number of the word that it is to, from 1; 0 for the whole synset
   */
  public record Pointer(String symbol, String target, int sourceWord, int targetWord)
      implements Serializable {}

  /** Whether a line belongs to the licence text at the beginning of each file. */
  public static boolean isLicence(String line) {
    return line.startsWith("  ");
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if the line is not of the format; the message holds the line
   */
  public static Synset parse(String line) {
    try {
      int bar = line.indexOf(" | ");
      String gloss = line.substring(bar + 3).strip();
      Fields fields = new Fields(line.substring(0, bar).split(" "));
      String offset = fields.next();
      int file = Integer.parseInt(fields.next());
      String type = fields.next();
      List<String> words = new ArrayList<>();
      for (int left = Integer.parseInt(fields.next(), 16); left > 0; left--) {
        words.add(word(fields.next()));
        fields.skip(1);
      }
      List<Pointer> pointers = new ArrayList<>();
      for (int left = Integer.parseInt(fields.next()); left > 0; left--) {
        pointers.add(pointer(fields));
      }
      String id = fileOf(type) + offset;
      return new Synset(id, type, file, List.copyOf(words), List.copyOf(pointers), gloss);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("not a line of a WordNet data file: " + line, e);
    }
  }

  private static Pointer pointer(Fields fields) {
    String symbol = fields.next();
    String offset = fields.next();
    String target = fileOf(fields.next()) + offset;
    int words = Integer.parseInt(fields.next(), 16);
    return new Pointer(symbol, target, words >> 8, words & 0xff);
  }

  private static String fileOf(String type) {
    return type.equals("s") ? "a" : type;
  }

  private static String word(String field) {
    int mark = field.endsWith(")") ? field.lastIndexOf('(') : -1;
    return (mark > 0 ? field.substring(0, mark) : field).replace('_', ' ');
  }

  private static final class Fields {
    private final String[] fields;
    private int at;

    Fields(String[] fields) {
      this.fields = fields;
    }

    String next() {
      return fields[at++];
    }

    void skip(int count) {
      at += count;
    }
  }
}
