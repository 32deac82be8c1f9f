package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * The power of Yeo and Johnson by which numbers are most likely normally distributed:
 *
 * <pre>{@code
 * L(p) = -n/2 ln(variance of the bent numbers) + (p - 1) sum(sign(x) ln(|x| + 1))
 * }</pre>
 *
 * <p>The likelihood is known for a grid of powers, for each the mean of the bent numbers and the
 * sum of squares about it (Welford; Chan, Golub and LeVeque 1979 for merging). Powers lie evenly,
 * so a number's are a geometric progression and cost a multiplication each. Means depend on the
 * order of numbers in their last digits, which rounding the power hides.
 *
 * @param column of numbers
 */
record LikeliestPower(String column) implements Aggregation {
  private static final double LOWEST = -4;
  private static final double STEP = 0.02;
  private static final int POWERS = 401;
  private static final double DIGITS = 1e6;

  /** Constant columns have no likeliest power: all variances are 0. */
  private static final double UNCHANGED = 1;

  private static final double[] GRID = grid();

  @Override
  public Optional<String> field() {
    return Optional.of(column);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    Numbers.check("the likeliest power", column, values);
    return new Likelihoods();
  }

  private static double[] grid() {
    double[] grid = new double[POWERS];
    // Whole steps from 0, so that 0, 1 and 2 are themselves.
    Arrays.setAll(grid, i -> Math.round(LOWEST / STEP + i) * STEP);
    return grid;
  }

  private static final class State {
    private long count;
    private double logarithms; // signed
    private final double[] means = new double[POWERS];
    private final double[] squares = new double[POWERS];

    void add(double number) {
      count++;
      double logarithm = Math.log1p(Math.abs(number));
      logarithms += Math.signum(number) * logarithm;
      boolean positive = number >= 0;
      // (x + 1)^p, or (1 - x)^(2 - p), for one power after the other.
      double next = Math.exp((positive ? GRID[0] : 2 - GRID[0]) * logarithm);
      double ratio = Math.exp((positive ? STEP : -STEP) * logarithm);
      for (int i = 0; i < POWERS; i++) {
        double power = positive ? GRID[i] : 2 - GRID[i];
        double bent = power == 0 ? logarithm : (next - 1) / power;
        double signed = positive ? bent : -bent;
        double above = signed - means[i];
        means[i] += above / count;
        squares[i] += above * (signed - means[i]);
        next *= ratio;
      }
    }

    void add(State other) {
      long both = count + other.count;
      for (int i = 0; i < POWERS && other.count > 0; i++) {
        double apart = other.means[i] - means[i];
        means[i] += apart * other.count / both;
        squares[i] += other.squares[i] + apart * apart * count * other.count / both;
      }
      count = both;
      logarithms += other.logarithms;
    }

    double likelihood(int index) {
      return -0.5 * count * Math.log(squares[index] / count) + (GRID[index] - 1) * logarithms;
    }

    /** The power of greatest likelihood. */
    double likeliest() {
      int best = -1;
      for (int i = 0; i < POWERS; i++) {
        // Numbers beyond all measure have no variance at some powers.
        if (squares[i] > 0
            && Double.isFinite(squares[i])
            && (best < 0 || likelihood(i) > likelihood(best))) {
          best = i;
        }
      }
      if (best < 0) {
        return UNCHANGED;
      }
      double power = GRID[best];
      if (best > 0 && best < POWERS - 1) {
        double before = likelihood(best - 1);
        double after = likelihood(best + 1);
        double curve = before - 2 * likelihood(best) + after;
        double shift = STEP * (before - after) / (2 * curve);
        power += Math.abs(shift) <= STEP ? shift : 0; // not a number, where one side has none
      }
      return Math.round(power * DIGITS) / DIGITS;
    }
  }

  private record Likelihoods() implements Aggregator<State> {

    @Override
    public FieldType resultType() {
      return FieldType.DOUBLE.withNullable(true);
    }

    @Override
    public FieldType stateType() {
      return FieldType.array(FieldType.DOUBLE);
    }

    @Override
    public State prepare() {
      return new State();
    }

    @Override
    public State update(State state, Object value, Instant at) {
      state.add(((Number) value).doubleValue());
      return state;
    }

    @Override
    public State merge(State left, State right) {
      left.add(right);
      return left;
    }

    @Override
    public @Nullable Object finish(State state, Instant asOf) {
      return state.count == 0 ? null : (Double) state.likeliest();
    }

    @Override
    public Object store(State state) {
      List<Double> stored = new ArrayList<>(2 * POWERS + 2);
      stored.add((double) state.count);
      stored.add(state.logarithms);
      for (double mean : state.means) {
        stored.add(mean);
      }
      for (double square : state.squares) {
        stored.add(square);
      }
      return stored;
    }

    @Override
    public State restore(@Nullable Object stored) {
      State state = new State();
      double[] values = stored == null ? new double[0] : Numbers.list(stored);
      if (values != null && values.length > 0) {
        state.count = (long) values[0];
        state.logarithms = values[1];
        System.arraycopy(values, 2, state.means, 0, POWERS);
        System.arraycopy(values, 2 + POWERS, state.squares, 0, POWERS);
      }
      return state;
    }
  }
}
