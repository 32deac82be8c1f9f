package org.pharos.pipelines.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.values.Row;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.HashBucket;

/**
 * By a hash of the entity, so that all rows of an entity are in the same set. A row without one is
 * for training.
 *
 * @param entity the fields that are hashed
 * @param train percent of the entities
 * @param validation percent of the entities; the rest are for test
 */
record SplitByEntity(List<String> entity, int train, int validation) implements Split {
  private static final int PERCENT = 100;
  private static final Pattern PERCENTS = Pattern.compile("(\\d{1,3})/(\\d{1,3})/(\\d{1,3})");

  /**
   * The split of percents such as 80/10/10.
   *
   * @throws IllegalArgumentException unless it is three that make 100
   */
  static SplitByEntity parse(String percents, List<String> entity) {
    Matcher parts = PERCENTS.matcher(percents);
    if (parts.matches()) {
      int train = Integer.parseInt(parts.group(1));
      int validation = Integer.parseInt(parts.group(2));
      if (train + validation + Integer.parseInt(parts.group(3)) == PERCENT) {
        return new SplitByEntity(List.copyOf(entity), train, validation);
      }
    }
    throw new IllegalArgumentException(percents);
  }

  @Override
  public String of(Row row) {
    if (entity.stream().anyMatch(field -> row.getValue(field) == null)) {
      return TRAIN;
    }
    HashBucket percent = Bucket.byHash("percent", entity, PERCENT);
    int bucket = percent.of(row);
    return SETS.get(bucket < train ? 0 : bucket < train + validation ? 1 : 2);
  }

  @Override
  public List<String> fields() {
    return entity;
  }

  @Override
  public void tell(ObjectNode manifest) {
    manifest
        .put("by", String.join(", ", entity))
        .put("trainPercent", train)
        .put("validationPercent", validation);
  }
}
