package org.pharos.pipelines.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.ReadableInstant;

/**
 * By the time of a row, so that a model is judged by what came after what it was trained on. A row
 * without one is for training.
 *
 * @param time the field
 * @param validation the time from which on rows are for validation
 * @param test the time from which on rows are for test
 */
record SplitByTime(String time, Instant validation, Instant test) implements Split {

  /**
   * The split of two times with a slash between them.
   *
   * @throws IllegalArgumentException unless the first is not after the second
   */
  static SplitByTime parse(String times, String time) {
    String[] parts = times.split("/", -1);
    try {
      Instant validation = Instant.parse(parts[0].strip());
      Instant test = Instant.parse(parts[parts.length - 1].strip());
      if (parts.length == 2 && !validation.isAfter(test)) {
        return new SplitByTime(time, validation, test);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(times, e);
    }
    throw new IllegalArgumentException(times);
  }

  @Override
  public String of(Row row) {
    ReadableInstant at = row.getValue(time);
    if (at == null || at.getMillis() < validation.toEpochMilli()) {
      return TRAIN;
    }
    return SETS.get(at.getMillis() < test.toEpochMilli() ? 1 : 2);
  }

  @Override
  public List<String> fields() {
    return List.of(time);
  }

  @Override
  public void tell(ObjectNode manifest) {
    manifest
        .put("by", time)
        .put("validationFrom", validation.toString())
        .put("testFrom", test.toString());
  }
}
