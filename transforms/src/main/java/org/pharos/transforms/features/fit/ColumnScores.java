package org.pharos.transforms.features.fit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * Of Rows of a target and columns of numbers: how much each column tells of the target, a list of a
 * double a column. A row counts for the columns that it has a number in, if it has a target. Sums
 * are exact, and a score is rounded in its last step alone.
 *
 * @param step that asks
 * @param score how it is told
 */
record ColumnScores(String step, Score score) implements Aggregation {
  /** Enough that a difference of sums of squares keeps more digits than a double has. */
  private static final MathContext DIGITS = new MathContext(100);

  /** What is summed up of a column, in a class. */
  private static final int ROWS = 0;

  private static final int X = 1;
  private static final int XX = 2;
  private static final int Y = 3;
  private static final int YY = 4;
  private static final int XY = 5;
  private static final int SUMS = 6;

  /** What a score is of. */
  enum Score {
    /** Of classes. */
    ANOVA_F {
      @Override
      double of(Collection<BigDecimal[]> classes) {
        BigDecimal rows = sum(classes, ROWS);
        BigDecimal mean = BigDecimal.ZERO;
        for (BigDecimal[] each : classes) {
          mean = mean.add(each[X].multiply(each[X]).divide(each[ROWS], DIGITS));
        }
        BigDecimal all = sum(classes, X);
        BigDecimal within = sum(classes, XX).subtract(mean);
        BigDecimal between = mean.subtract(all.multiply(all).divide(rows, DIGITS));
        return ratio(between, classes.size() - 1L, within, rows.longValue() - classes.size());
      }
    },
    /** Of classes, with numbers that are counts. */
    CHI_SQUARED {
      @Override
      double of(Collection<BigDecimal[]> classes) {
        BigDecimal rows = sum(classes, ROWS);
        BigDecimal all = sum(classes, X);
        if (all.signum() == 0) {
          return Double.NaN;
        }
        BigDecimal score = BigDecimal.ZERO;
        for (BigDecimal[] each : classes) {
          BigDecimal expected = all.multiply(each[ROWS]).divide(rows, DIGITS);
          BigDecimal more = each[X].subtract(expected);
          score = score.add(more.multiply(more).divide(expected, DIGITS));
        }
        return score.doubleValue();
      }
    },
    /** Of numbers. */
    REGRESSION_F {
      @Override
      double of(Collection<BigDecimal[]> classes) {
        BigDecimal rows = sum(classes, ROWS);
        BigDecimal x = sum(classes, X);
        BigDecimal y = sum(classes, Y);
        BigDecimal xx = sum(classes, XX).multiply(rows).subtract(x.multiply(x));
        BigDecimal yy = sum(classes, YY).multiply(rows).subtract(y.multiply(y));
        BigDecimal xy = sum(classes, XY).multiply(rows).subtract(x.multiply(y));
        BigDecimal explained = xy.multiply(xy);
        return ratio(explained, 1, xx.multiply(yy).subtract(explained), rows.longValue() - 2);
      }
    };

    /** The score of a column, of the sums of each class. */
    abstract double of(Collection<BigDecimal[]> classes);

    boolean isOfClasses() {
      return this != REGRESSION_F;
    }

    private static BigDecimal sum(Collection<BigDecimal[]> classes, int place) {
      return classes.stream().map(each -> each[place]).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of two sums, each by its degrees of freedom; as doubles are divided. */
    private static double ratio(BigDecimal over, long overFree, BigDecimal under, long underFree) {
      if (overFree < 1 || underFree < 1) {
        return Double.NaN;
      }
      // What is 0 without rounding is 0 here.
      boolean none = under.abs().compareTo(over.abs().scaleByPowerOfTen(-50)) <= 0;
      if (none) {
        return over.signum() == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      }
      return over.multiply(BigDecimal.valueOf(underFree))
          .divide(under.multiply(BigDecimal.valueOf(overFree)), DIGITS)
          .doubleValue();
    }
  }

  @Override
  public Optional<String> field() {
    return Optional.empty();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    Schema rows = values.getRowSchema();
    if (rows == null) {
      throw new IllegalArgumentException(this + " need Rows");
    }
    FieldType target = rows.getField(0).getType();
    return new Sums(
        score.isOfClasses() ? target : FieldType.BOOLEAN, rows.getFieldCount() - 1, score);
  }

  @Override
  public String toString() {
    return "scores of " + step;
  }

  private static final class Sums extends CategorySums {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final Score score;

    Sums(FieldType classes, int columns, Score score) {
      super(classes, columns * SUMS);
      this.columns = columns;
      this.score = score;
    }

    @Override
    public FieldType resultType() {
      return FieldType.array(FieldType.DOUBLE);
    }

    @Override
    void add(Map<Object, BigDecimal[]> state, Row row) {
      Object target = row.getValue(0);
      if (target == null) {
        return;
      }
      BigDecimal[] sums = sums(state, score.isOfClasses() ? target : Boolean.TRUE);
      BigDecimal y = score.isOfClasses() ? BigDecimal.ZERO : exact(target);
      for (int i = 0; i < columns; i++) {
        BigDecimal x = exact(row.getValue(1 + i));
        if (x != null && y != null) {
          check(row, i, x);
          add(sums, i * SUMS + ROWS, BigDecimal.ONE);
          add(sums, i * SUMS + X, x);
          add(sums, i * SUMS + XX, x.multiply(x));
          add(sums, i * SUMS + Y, y);
          add(sums, i * SUMS + YY, y.multiply(y));
          add(sums, i * SUMS + XY, x.multiply(y));
        }
      }
    }

    private void check(Row row, int column, BigDecimal x) {
      if (score == Score.CHI_SQUARED && x.signum() < 0) {
        throw new IllegalArgumentException(
            "chi squared is of numbers that are not negative, but column "
                + row.getSchema().getField(1 + column).getName()
                + " has "
                + x);
      }
    }

    @Override
    public Object finish(Map<Object, BigDecimal[]> state, Instant asOf) {
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        List<BigDecimal[]> classes = new ArrayList<>();
        for (BigDecimal[] sums : state.values()) {
          BigDecimal[] own = Arrays.copyOfRange(sums, i * SUMS, (i + 1) * SUMS);
          if (own[ROWS].signum() > 0) {
            classes.add(own);
          }
        }
        scores.add(classes.isEmpty() ? Double.NaN : score.of(classes));
      }
      return scores;
    }
  }
}
