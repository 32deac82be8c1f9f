package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * One step of a {@link FeaturePipeline}: reads a column, and writes it anew or others beside it.
 * One of ours, such as {@link StandardScaler}, or one of your own.
 */
public interface FeatureStep extends Serializable {

  /** The column that is read. */
  String column();

  /**
   * What is learned of the column, by name; nothing for a step that needs no fitting. A null is not
   * looked at, nor is a NaN; an infinity fails the fit.
   */
  Map<String, Aggregation> learns();

  /**
   * The fields that the step writes: one that exists is replaced where it is, others come behind.
   *
   * @param type of the column
   * @throws IllegalArgumentException when the step cannot read such a column
   */
  List<Field> writes(FieldType type);

  /**
   * What the step does with a value.
   *
   * @param learned for each name of {@link #learns} what was learned; null where there was no value
   * @return for a value of the column, null included, the values of the fields in their order
   */
  Applied fitted(Map<String, @Nullable Object> learned);

  /** A value in, the values of the step's fields out. */
  @FunctionalInterface
  interface Applied {
    List<@Nullable Object> of(@Nullable Object value);
  }
}
