package org.pharos.pipelines.wordnet;

import java.util.Map;
import java.util.function.Consumer;
import org.pharos.pipelines.archive.ArchiveLines;
import org.pharos.pipelines.archive.LineParser;
import org.pharos.schemas.text.Document;

/** A synset as a document: its words are the title, its gloss is the text. */
final class SynsetDocument implements LineParser<Document> {
  private static final long serialVersionUID = 1L;

  @Override
  public void parse(ArchiveLines.Line line, Consumer<Document> out) {
    if (!Synset.isLicence(line.text())) {
      out.accept(of(Synset.parse(line.text())));
    }
  }

  static Document of(Synset synset) {
    return new Document(
        synset.id(),
        String.join(", ", synset.words()),
        synset.gloss(),
        Map.of(
            "part_of_speech", synset.partOfSpeech(),
            "topic", Topic.named(synset.lexicographerFile())));
  }
}
