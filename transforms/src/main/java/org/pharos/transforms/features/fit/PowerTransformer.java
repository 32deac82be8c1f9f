package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * A number bent so that a skewed column becomes more like a normal distribution, a double in its
 * place: the power of Yeo and Johnson (2000), for numbers of any sign (scikit-learn's
 * PowerTransformer, not yet standardized: put a {@link StandardScaler} behind it).
 *
 * <pre>{@code
 * x >= 0: ((x + 1)^p - 1) / p,              ln(x + 1)  where p = 0
 * x < 0:  -((1 - x)^(2 - p) - 1) / (2 - p), -ln(1 - x) where p = 2
 * }</pre>
 *
 * <p>The power is the one of greatest likelihood from -4 to 4, in steps of 0.02 and by a parabola
 * between them, rounded to 6 digits. A null stays null, a NaN NaN; of a constant column the power
 * is 1, which changes nothing; all are null where the fit saw no value.
 */
public final class PowerTransformer extends ColumnStep {
  private static final String POWER = "power";
  private static final long serialVersionUID = 1L;

  private PowerTransformer(String column) {
    super(column);
  }

  /** Bends this column of numbers. */
  public static PowerTransformer of(String column) {
    return new PowerTransformer(column);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(POWER, new LikeliestPower(column()));
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("PowerTransformer", column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Double power = Numbers.of(learned.get(POWER));
    if (power == null) {
      return Numbers.NULL;
    }
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(number == null ? null : (Double) bent(number, power));
    };
  }

  /** The number of this power. */
  static double bent(double number, double power) {
    if (power == 1) {
      return number;
    }
    if (number >= 0) {
      double logarithm = Math.log1p(number);
      return power == 0 ? logarithm : Math.expm1(power * logarithm) / power;
    }
    double logarithm = Math.log1p(-number);
    return power == 2 ? -logarithm : -Math.expm1((2 - power) * logarithm) / (2 - power);
  }
}
