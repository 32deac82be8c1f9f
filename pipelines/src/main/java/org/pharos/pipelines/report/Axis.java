package org.pharos.pipelines.report;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of a chart: which values it spans, where each lies between 0 and 1, and where it is
 * marked.
 */
public final class Axis {
  /** How values are laid out and written. */
  private enum Kind {
    LINEAR,
    LOG,
    DAYS
  }

  /**
   * A mark.
   *
   * @param at the value
   * @param label what stands there
   */
  public record Tick(double at, String label) {}

  private static final int TICKS = 5;

  private final Kind kind;
  private final String title;
  private final double least;
  private final double most;

  private Axis(Kind kind, String title, double least, double most) {
    this.kind = kind;
    this.title = title;
    this.least = least;
    this.most = most > least ? most : least + 1;
  }

  /** From 0 up to a round number at or above {@code most}. */
  public static Axis fromZero(String title, double most) {
    double step = step(Math.max(most, 1e-9));
    return new Axis(Kind.LINEAR, title, 0, Math.ceil(most / step) * step);
  }

  /** Exactly between two values. */
  public static Axis between(String title, double least, double most) {
    return new Axis(Kind.LINEAR, title, least, most);
  }

  /** By powers of ten, from 1 at the least, up to the power at or above {@code most}. */
  public static Axis log(String title, double most) {
    return new Axis(Kind.LOG, title, 1, Math.pow(10, Math.ceil(Math.log10(Math.max(most, 10)))));
  }

  /** Time: values are days since 1970, marks are first days of a quarter. */
  public static Axis days(String title, double first, double last) {
    return new Axis(Kind.DAYS, title, first, last);
  }

  /** What the axis measures. */
  public String title() {
    return title;
  }

  /** Where a value lies: 0 at the axis's beginning, 1 at its end, cut there. */
  public double position(double value) {
    double at =
        kind == Kind.LOG
            ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return Math.min(1, Math.max(0, at));
  }

  /** The marks, in order. */
  public List<Tick> ticks() {
    return switch (kind) {
      case LINEAR -> linearTicks();
      case LOG -> logTicks();
      case DAYS -> quarters();
    };
  }

  private List<Tick> linearTicks() {
    double step = step(most - least);
    List<Tick> ticks = new ArrayList<>();
    for (double at = Math.ceil(least / step) * step; at <= most + step / 1000; at += step) {
      ticks.add(new Tick(at, number(at)));
    }
    return ticks;
  }

  private List<Tick> logTicks() {
    List<Tick> ticks = new ArrayList<>();
    for (double at = least; at <= most * 1.001; at *= 10) {
      ticks.add(new Tick(at, number(at)));
    }
    return ticks;
  }

  private List<Tick> quarters() {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    LocalDate day = LocalDate.ofEpochDay((long) Math.ceil(least));
    LocalDate first = day.withDayOfMonth(1);
    LocalDate quarter = first.minusMonths((first.getMonthValue() - 1) % 3);
    List<Tick> ticks = new ArrayList<>();
    for (LocalDate at = quarter; at.toEpochDay() <= most; at = at.plusMonths(3)) {
      if (at.toEpochDay() >= least) {
        ticks.add(new Tick(at.toEpochDay(), format.format(at)));
      }
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, so that a span has about {@link #TICKS} of them. */
  private static double step(double span) {
    double rough = span / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }

  /** A number as short as it can be told: 1,500 or 20k or 1.5M. */
  static String number(double value) {
    if (Math.abs(value) >= 1e6) {
      return trim(value / 1e6) + "M";
    }
    if (Math.abs(value) >= 1e4) {
      return trim(value / 1e3) + "k";
    }
    return trim(value);
  }

  private static String trim(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.2f", value).replaceFirst("0+$", "");
  }
}
