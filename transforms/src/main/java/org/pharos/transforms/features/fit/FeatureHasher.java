package org.pharos.transforms.features.fit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * Many columns as one sparse vector of a fixed length, without a vocabulary: {@code NAME_indices},
 * a list of ints that rise, and {@code NAME_values}, a list of as many doubles, behind the columns,
 * which stay (scikit-learn's FeatureHasher, with its hash and its sign). A text or a truth counts 1
 * under {@code column=value}, a number its value under {@code column}; a list of texts counts 1 for
 * each. What falls on one index is added up, with alternating signs so that collisions cancel; a
 * sum of 0 is left out, as are null and NaN. Nothing is learned.
 *
 * <p>The index is {@code |h| mod length} of the signed 32 bits {@code h} of MurmurHash3 (seed 0) of
 * the name in UTF-8, the sign that of {@code h}.
 *
 * <p>It needs {@code commons-codec:commons-codec} on the class path, which the doors do not bring.
 */
public final class FeatureHasher implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int length;
  private final List<String> columns;

  private FeatureHasher(String name, int length, List<String> columns) {
    this.name = name;
    this.length = length;
    this.columns = columns;
  }

  /**
   * Hashes these columns of texts, truths, numbers or lists of texts.
   *
   * @param name of the fields that are written
   * @param length of the vector, 1 to 2^30; scikit-learn's default is 2^20
   */
  public static FeatureHasher of(String name, int length, String... columns) {
    if (length < 1 || length > 1 << 30) {
      throw new IllegalArgumentException(
          "FeatureHasher " + name + " has a length of 1 to 2^30, not " + length);
    }
    return new FeatureHasher(name, length, Columns.several("FeatureHasher " + name, columns));
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Field> writes(Schema read) {
    read.getFields().forEach(this::check);
    return Terms.fields(name);
  }

  private void check(Field field) {
    FieldType type = field.getType();
    FieldType element = type.getCollectionElementType();
    boolean texts = element != null && element.getTypeName() == TypeName.STRING;
    if (!texts
        && type.getTypeName() != TypeName.STRING
        && type.getTypeName() != TypeName.BOOLEAN
        && !Numbers.areNumbers(type)) {
      throw new IllegalArgumentException(
          this
              + " needs texts, truths, numbers or lists of texts, but column "
              + field.getName()
              + " is "
              + type.getTypeName());
    }
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    return values -> {
      TreeMap<Integer, Double> sums = new TreeMap<>();
      for (int i = 0; i < columns.size(); i++) {
        add(sums, columns.get(i), values.get(i));
      }
      sums.values().removeIf(sum -> sum == 0);
      return Terms.sparse(sums);
    };
  }

  private void add(Map<Integer, Double> sums, String column, @Nullable Object value) {
    if (Numbers.isMissing(value)) {
      return;
    }
    if (value instanceof Iterable<?> texts) {
      texts.forEach(text -> add(sums, column, text));
    } else if (value instanceof Number number) {
      count(sums, column, number.doubleValue());
    } else {
      count(sums, column + "=" + value, 1);
    }
  }

  private void count(Map<Integer, Double> sums, String feature, double value) {
    byte[] bytes = feature.getBytes(StandardCharsets.UTF_8);
    int hash = MurmurHash3.hash32x86(bytes, 0, bytes.length, 0);
    // As a long, so that the least int has an absolute value.
    int index = (int) (Math.abs((long) hash) % length);
    sums.merge(index, hash >= 0 ? value : -value, Double::sum);
  }

  @Override
  public String toString() {
    return "FeatureHasher " + name;
  }
}
