package org.pharos.pipelines.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart as SVG text: axes, and marks added in the order that they are drawn. Colours are the
 * page's: a mark has a series of 1, 2 or 3.
 */
public final class Plot {
  private static final int LEFT = 58;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int PIXELS_A_LETTER = 7;

  /** A place in the chart, with what is told about it when it is pointed at. */
  public record Point(double x, double y, String told) {}

  private final int width;
  private final int height;
  private final Axis x;
  private final Axis y;
  private final StringBuilder marks = new StringBuilder();
  private final StringBuilder legend = new StringBuilder();
  private int legendAt = LEFT + 8;

  /** An empty chart of a size in pixels; it scales with the page. */
  public Plot(int width, int height, Axis x, Axis y) {
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
  }

  /** Adds a bar from zero. */
  public Plot bar(int series, double from, double to, double value, String told) {
    double left = px(from);
    double top = py(value);
    marks.append(
        text(
            "<rect class='f%d' x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='1'>%s</rect>",
            series, left + 0.5, top, Math.max(0.8, px(to) - left - 1), py(0) - top, title(told)));
    return this;
  }

  /** Adds a line through points and fills what is below it. */
  public Plot area(int series, List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(text("%s%.1f %.1f", path.isEmpty() ? "M" : "L", px(point.x()), py(point.y())));
    }
    if (!points.isEmpty()) {
      Point first = points.get(0);
      Point last = points.get(points.size() - 1);
      marks.append(
          text(
              "<path class='a%d' d='%sL%.1f %.1fL%.1f %.1fZ'/><path class='l%d' d='%s'/>",
              series, path, px(last.x()), py(0), px(first.x()), py(0), series, path));
    }
    points.forEach(
        point ->
            marks.append(
                text(
                    "<rect class='hover' x='%.1f' y='%d' width='5' height='%d'>%s</rect>",
                    px(point.x()) - 2.5, TOP, height - TOP - BOTTOM, title(point.told()))));
    return this;
  }

  /** Adds a dot at each point. */
  public Plot dots(int series, double radius, List<Point> points) {
    for (Point point : points) {
      marks.append(
          text(
              "<circle class='d%d' cx='%.1f' cy='%.1f' r='%.1f'>%s</circle>",
              series, px(point.x()), py(point.y()), radius, title(point.told())));
    }
    return this;
  }

  /** Adds an upright bar that spans values. */
  public Plot range(int series, double at, double least, double most, String told) {
    marks.append(
        text(
            "<line class='r%d' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'>%s</line>",
            series, px(at), px(at), py(least), py(most), title(told)));
    return this;
  }

  /** Adds a dash across at a place of the x axis. */
  public Plot tick(int series, double at, double value, String told) {
    marks.append(
        text(
            "<line class='t%d' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'>%s</line>",
            series, px(at) - 7, px(at) + 7, py(value), py(value), title(told)));
    return this;
  }

  /** Says what a series is. */
  public Plot legend(int series, String name) {
    legend.append(
        text(
            "<rect class='k%d' x='%d' y='%d' width='10' height='10' rx='2'/>"
                + "<text class='key' x='%d' y='%d'>%s</text>",
            series, legendAt, TOP, legendAt + 15, TOP + 9, Html.escape(name)));
    legendAt += 28 + name.length() * PIXELS_A_LETTER;
    return this;
  }

  /** The chart. */
  public String svg() {
    StringBuilder out = new StringBuilder();
    out.append(text("<svg viewBox='0 0 %d %d' role='img'>", width, height));
    for (Axis.Tick tick : y.ticks()) {
      out.append(
          text(
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>"
                  + "<text class='tick' x='%d' y='%.1f' text-anchor='end'>%s</text>",
              LEFT,
              width - RIGHT,
              py(tick.at()),
              py(tick.at()),
              LEFT - 7,
              py(tick.at()) + 4,
              Html.escape(tick.label())));
    }
    for (Axis.Tick tick : x.ticks()) {
      out.append(
          text(
              "<line class='mark' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>"
                  + "<text class='tick' x='%.1f' y='%d' text-anchor='middle'>%s</text>",
              px(tick.at()),
              px(tick.at()),
              height - BOTTOM,
              height - BOTTOM + 4,
              px(tick.at()),
              height - BOTTOM + 17,
              Html.escape(tick.label())));
    }
    out.append(marks);
    out.append(
        text(
            "<line class='axis' x1='%d' x2='%d' y1='%d' y2='%d'/>",
            LEFT, width - RIGHT, height - BOTTOM, height - BOTTOM));
    out.append(
        text(
            "<text class='name' x='%d' y='%d' text-anchor='middle'>%s</text>",
            (LEFT + width - RIGHT) / 2, height - 8, Html.escape(x.title())));
    out.append(
        text(
            "<text class='name' transform='translate(13 %d) rotate(-90)' text-anchor='middle'>%s"
                + "</text>",
            (TOP + height - BOTTOM) / 2, Html.escape(y.title())));
    return out.append(legend).append("</svg>").toString();
  }

  private double px(double value) {
    return LEFT + x.position(value) * (width - LEFT - RIGHT);
  }

  private double py(double value) {
    return height - BOTTOM - y.position(value) * (height - TOP - BOTTOM);
  }

  private static String title(String told) {
    return told.isEmpty() ? "" : "<title>" + Html.escape(told) + "</title>";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
