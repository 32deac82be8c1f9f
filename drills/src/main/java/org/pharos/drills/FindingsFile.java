package org.pharos.drills;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Findings as a list of objects in JSON, for programs; what nobody tells is null. */
final class FindingsFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private FindingsFile() {}

  static void write(List<Finding> findings, Path file) {
    try {
      JSON.writeValue(file.toFile(), of(findings));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static ArrayNode of(List<Finding> findings) {
    ArrayNode list = JSON.createArrayNode();
    for (Finding finding : findings) {
      ObjectNode node = list.addObject();
      node.put("drill", finding.drill())
          .put("job", finding.part())
          .put("rowsExpected", finding.expected())
          .put("rowsFound", finding.found())
          .put("doubled", finding.doubled())
          .put("missing", finding.missing())
          .put("bad", finding.bad())
          .put("seconds", Math.round(finding.seconds() * 10) / 10.0)
          .put("retries", finding.retries() < 0 ? null : finding.retries())
          .put("peakMegabytes", finding.peakMegabytes() < 0 ? null : finding.peakMegabytes())
          .put("passed", finding.passed())
          .put("note", finding.note());
    }
    return list;
  }
}
