package org.pharos.pipelines.archive;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * What a line of a file means: any number of values.
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface LineParser<T> extends Serializable {

  /**
   * Hands the values of one line to {@code out}, in order.
   *
   * @throws IllegalArgumentException if the line is not as it must be; the message holds the line
   */
  void parse(ArchiveLines.Line line, Consumer<T> out);
}
