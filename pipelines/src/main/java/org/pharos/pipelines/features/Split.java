package org.pharos.pipelines.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.pharos.pipelines.BadOption;

/** Which of the three sets a row belongs to, whatever else there is and whenever it is asked. */
interface Split extends Serializable {
  String TRAIN = "train";
  List<String> SETS = List.of(TRAIN, "validation", "test");

  /** The name of the set of a row. */
  String of(Row row);

  /** The fields that decide. */
  List<String> fields();

  /** Says in a manifest how rows are parted. */
  void tell(ObjectNode manifest);

  /**
   * The split of an option: three percents of the entities, or two times.
   *
   * @param entity the fields that say whose row it is
   * @param time the field that says of when it is
   * @throws BadOption if it is neither
   */
  static Split parse(String text, List<String> entity, String time) {
    try {
      return text.contains(":") ? SplitByTime.parse(text, time) : SplitByEntity.parse(text, entity);
    } catch (IllegalArgumentException e) {
      throw new BadOption(
          "split",
          text,
          "three percents that make 100 are allowed, such as 80/10/10, or two times, such as"
              + " 2026-03-01T00:00:00Z/2026-04-01T00:00:00Z, the first not after the second");
    }
  }
}
