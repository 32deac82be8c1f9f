package org.pharos.transforms.text;

import java.io.Serializable;
import java.util.List;
import org.pharos.schemas.text.Token;

/**
 * How a text is cut into tokens. It travels to the workers, so what cannot be serialized (an
 * analyzer, a model) is opened there at the first text. Each copy is used by one thread at a time.
 */
public interface Tokenizer extends Serializable, AutoCloseable {

  /**
   * The tokens of a text in their order, with offsets into exactly this text; an empty list for a
   * text without words.
   */
  List<Token> tokenize(String text);

  /** Gives back what was opened; the tokenizer may be used again and then opens it anew. */
  @Override
  default void close() {}
}
