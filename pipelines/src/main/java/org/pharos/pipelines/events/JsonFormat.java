package org.pharos.pipelines.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.pharos.pipelines.json.JsonRows;

/** A JSON object in UTF-8, and nothing after it. */
final class JsonFormat implements MessageFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public ObjectNode object(byte[] value) throws IOException {
    try {
      return JsonRows.object(value);
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      throw new IOException("the value is no JSON: wrong at byte " + at, e);
    } catch (IOException e) {
      throw new IOException("the value is no JSON object", e);
    }
  }
}
