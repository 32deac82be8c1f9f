package org.pharos.pipelines.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;

/** How the value of a message says what happened. */
interface MessageFormat extends Serializable {
  /**
   * The event as an object whose members may become columns.
   *
   * @throws IOException if the bytes are no event; the message tells why without quoting them
   */
  ObjectNode object(byte[] value) throws IOException;
}
