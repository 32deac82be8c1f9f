package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * One step of a {@link FeaturePipeline}: reads columns, and writes them anew or others beside them.
 * One of ours, such as {@link StandardScaler}, or one of your own.
 */
public interface FeatureStep extends Serializable {

  /** The columns that are read, one or more. */
  List<String> columns();

  /**
   * What is learned, by name; nothing, which is the default, for a step that needs no fitting. Each
   * is an aggregation of one of the columns, or, where it has no field, of Rows of all of them. A
   * null is not looked at, nor is a NaN (in a Row it is null); an infinity fails the fit. The order
   * of the map does not matter.
   */
  default Map<String, Aggregation> learns() {
    return Map.of();
  }

  /**
   * The fields that the step writes: one that it reads is replaced where it is, others come behind.
   *
   * @param columns the fields that are read, in the order of {@link #columns}
   * @throws IllegalArgumentException when the step cannot read such columns
   */
  List<Field> writes(Schema columns);

  /**
   * What the step does with a row's values.
   *
   * @param learned for each name of {@link #learns} what was learned; null where there was no value
   * @return for the values of the columns, nulls included, those of the fields in their order
   */
  Applied fitted(Map<String, @Nullable Object> learned);

  /** The values of the columns in, those of the step's fields out. */
  @FunctionalInterface
  interface Applied {
    List<@Nullable Object> of(List<@Nullable Object> values);
  }
}
