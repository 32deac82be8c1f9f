package org.pharos.transforms.features.fit;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * The number of the bin of a number, a bigint in its place, from 0, with as many bins as tell the
 * classes of a target apart: {@code edge[i-1] <= x < edge[i]} as in {@link Bucketizer}, with edges
 * by the minimum description length principle (Fayyad and Irani 1993), each in the middle between
 * two values of the fit. Where no edge is worth its description all are in one bin. A NaN is in the
 * last bin; a null stays null, and all are null where the fit saw no value with a class.
 *
 * <p>The fit has each different number in memory, with its count in each class.
 */
public final class MdlpDiscretizer implements FeatureStep {
  private static final String EDGES = "edges";
  private static final long serialVersionUID = 1L;

  private final String column;
  private final String target;

  private MdlpDiscretizer(String column, String target) {
    this.column = column;
    this.target = target;
  }

  /**
   * Bins of a column by another.
   *
   * @param column of numbers
   * @param target a column of texts, truths or whole numbers: the classes
   */
  public static MdlpDiscretizer of(String column, String target) {
    return new MdlpDiscretizer(column, target);
  }

  @Override
  public List<String> columns() {
    return List.of(column, target);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(EDGES, new MdlpEdges(toString()));
  }

  @Override
  public List<Field> writes(Schema columns) {
    Numbers.check("MdlpDiscretizer", column, columns.getField(column).getType());
    Categories.check("MdlpDiscretizer", target, columns.getField(target).getType());
    return List.of(Field.nullable(column, FieldType.INT64));
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    double[] edges = Numbers.list(learned.get(EDGES));
    ColumnStep.Function bucket = edges == null ? Numbers.NULL : Bucketizer.bucket(edges);
    return values -> bucket.of(values.get(0));
  }

  @Override
  public String toString() {
    return "MdlpDiscretizer of " + column + " by " + target;
  }
}
