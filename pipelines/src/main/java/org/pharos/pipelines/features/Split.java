package org.pharos.pipelines.features;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.values.Row;
import org.pharos.pipelines.BadOption;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.HashBucket;

/**
 * Which set a row belongs to: by a hash of its entity, so that all rows of an entity are in the
 * same one, whatever else the spine holds and whenever it is made.
 *
 * @param entity the fields that are hashed
 * @param train percent of the entities
 * @param validation percent of the entities; the rest are for test
 */
record Split(List<String> entity, int train, int validation) implements Serializable {
  static final String TRAIN = "train";
  static final List<String> SETS = List.of(TRAIN, "validation", "test");

  private static final int PERCENT = 100;
  private static final Pattern PERCENTS = Pattern.compile("(\\d{1,3})/(\\d{1,3})/(\\d{1,3})");

  /**
   * The split of an option.
   *
   * @throws BadOption unless it is three percents that make 100
   */
  static Split parse(String percents, List<String> entity) {
    Matcher parts = PERCENTS.matcher(percents);
    if (parts.matches()) {
      int train = Integer.parseInt(parts.group(1));
      int validation = Integer.parseInt(parts.group(2));
      if (train + validation + Integer.parseInt(parts.group(3)) == PERCENT) {
        return new Split(List.copyOf(entity), train, validation);
      }
    }
    throw new BadOption(
        "split", percents, "three percents that make 100 are allowed, such as 80/10/10");
  }

  /** The name of the set of a row; one without an entity is for training. */
  String of(Row row) {
    if (entity.stream().anyMatch(field -> row.getValue(field) == null)) {
      return SETS.get(0);
    }
    HashBucket percent = Bucket.byHash("percent", entity, PERCENT);
    int bucket = percent.of(row);
    return SETS.get(bucket < train ? 0 : bucket < train + validation ? 1 : 2);
  }
}
