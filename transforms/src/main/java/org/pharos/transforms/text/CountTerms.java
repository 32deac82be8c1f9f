package org.pharos.transforms.text;

import java.util.HashSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.text.DocumentTokens;
import org.pharos.schemas.text.Term;
import org.pharos.schemas.text.Token;
import org.pharos.transforms.tallies.Tallies;
import org.pharos.transforms.tallies.TallyByKey;

/**
 * Tokens of documents in, one {@link Term} a distinct token out, per window: in how many documents
 * it stands, and how often in all of them.
 *
 * <p>Every element of the input is a document of its own: the same one twice counts twice. A common
 * word is no hot key, and a worker holds a small part of the terms at a time: see {@link
 * TallyByKey}.
 */
public final class CountTerms extends PTransform<PCollection<DocumentTokens>, PCollection<Term>> {
  private static final long serialVersionUID = 1L;

  private static final int DOCUMENTS = 0;
  private static final int OCCURRENCES = 1;

  private CountTerms() {}

  public static CountTerms create() {
    return new CountTerms();
  }

  @Override
  public PCollection<Term> expand(PCollection<DocumentTokens> documents) {
    return documents.apply(
        "Tally by term",
        TallyByKey.of(
            2,
            CountTerms::countTokens,
            (term, counts) -> new Term(term, counts[DOCUMENTS], counts[OCCURRENCES]),
            Term.class));
  }

  private static void countTokens(DocumentTokens document, Tallies terms) {
    Set<String> seen = new HashSet<>();
    for (Token token : document.tokens()) {
      terms.add(token.term(), OCCURRENCES, 1);
      if (seen.add(token.term())) {
        terms.add(token.term(), DOCUMENTS, 1);
      }
    }
  }
}
