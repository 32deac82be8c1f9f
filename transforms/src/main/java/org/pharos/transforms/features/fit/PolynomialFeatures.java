package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * The products of the numbers of a row, behind the columns, which stay: {@code a_x_a}, {@code
 * a_x_b}, {@code b_x_b} of {@code a} and {@code b} at degree 2 (scikit-learn's PolynomialFeatures
 * without its first powers and its column of ones, in its order). A product is null where a factor
 * is. Nothing is learned.
 */
public final class PolynomialFeatures implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final int degree;
  private final boolean powers;
  private final List<String> columns;

  private PolynomialFeatures(int degree, boolean powers, List<String> columns) {
    this.degree = degree;
    this.powers = powers;
    this.columns = columns;
  }

  /**
   * Products of 2 factors, and of more to the degree.
   *
   * @param degree 2 to 4
   * @param columns of numbers
   */
  public static PolynomialFeatures of(int degree, String... columns) {
    List<String> all = Columns.several("PolynomialFeatures", columns);
    if (degree < 2 || degree > 4) {
      throw new IllegalArgumentException(
          "PolynomialFeatures have a degree of 2 to 4, not " + degree);
    }
    return new PolynomialFeatures(degree, true, all);
  }

  /** Only products of different columns. Default: powers too. */
  public PolynomialFeatures interactionsOnly() {
    return new PolynomialFeatures(degree, false, columns);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  /** The factors of each product, as places of columns that rise. */
  private List<List<Integer>> products() {
    List<List<Integer>> products = new ArrayList<>();
    List<List<Integer>> shorter = List.of(List.of());
    for (int factors = 1; factors <= degree; factors++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> product : shorter) {
        for (int next = firstAfter(product); next < columns.size(); next++) {
          List<Integer> more = new ArrayList<>(product);
          more.add(next);
          longer.add(more);
        }
      }
      if (factors > 1) {
        products.addAll(longer);
      }
      shorter = longer;
    }
    return products;
  }

  private int firstAfter(List<Integer> product) {
    int last = product.isEmpty() ? -1 : product.get(product.size() - 1);
    return powers && last >= 0 ? last : last + 1;
  }

  @Override
  public List<Field> writes(Schema read) {
    Numbers.check("PolynomialFeatures", read);
    List<Field> fields =
        products().stream()
            .map(product -> String.join("_x_", product.stream().map(columns::get).toList()))
            .map(name -> Field.nullable(name, FieldType.DOUBLE))
            .toList();
    if (fields.isEmpty() || fields.size() > 10_000) {
      throw new IllegalArgumentException(this + " give 1 to 10000 products, not " + fields.size());
    }
    return fields;
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    List<List<Integer>> products = products();
    return values -> {
      List<@Nullable Object> results = new ArrayList<>(products.size());
      for (List<Integer> product : products) {
        results.add(product(product, values));
      }
      return results;
    };
  }

  private static @Nullable Double product(List<Integer> places, List<@Nullable Object> values) {
    double product = 1;
    for (int place : places) {
      Double factor = Numbers.of(values.get(place));
      if (factor == null) {
        return null;
      }
      product *= factor;
    }
    return product;
  }

  @Override
  public String toString() {
    return "PolynomialFeatures of " + String.join(", ", columns);
  }
}
