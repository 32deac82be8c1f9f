package org.pharos.pipelines.quickstart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.joda.time.Duration;
import org.pharos.pipelines.foodmart.FoodMartTables;
import org.pharos.pipelines.report.Axis;
import org.pharos.pipelines.report.Histogram;
import org.pharos.pipelines.report.Plot;
import org.pharos.pipelines.report.Plot.Point;
import org.pharos.schemas.PartitionPlan;
import org.pharos.schemas.PartitionPlanner;
import org.pharos.schemas.Table;

/** The pictures of the report, from what the reading pipelines found. */
final class Charts {
  private static final double TEN_THOUSANDTHS = 10_000;
  private static final int DAYS = 730;

  /** A decimal of these prices: four bytes of scale and two or three of digits. */
  private static final int DECIMAL_BYTES = 7;

  private final Findings findings;

  Charts(Findings findings) {
    this.findings = findings;
  }

  /** What was sold in each week. */
  String salesOverTime() {
    TreeMap<Long, Double> weeks = new TreeMap<>();
    for (List<String> day : findings.of("day")) {
      long at = LocalDate.parse(day.get(0)).toEpochDay();
      weeks.merge(at - Math.floorMod(at + 3, 7), amount(day.get(1)), Double::sum);
    }
    List<Point> points = new ArrayList<>();
    weeks.forEach(
        (week, sold) ->
            points.add(
                new Point(
                    week,
                    sold,
                    String.format(
                        Locale.ROOT, "week of %s: $%,.0f", LocalDate.ofEpochDay(week), sold))));
    double most = weeks.values().stream().mapToDouble(d -> d).max().orElse(1);
    double first = weeks.isEmpty() ? 0 : weeks.firstKey();
    double last = weeks.isEmpty() ? 1 : weeks.lastKey();
    return new Plot(
            1000, 300, Axis.days("week", first, last), Axis.fromZero("sales a week, $", most))
        .area(1, points)
        .svg();
  }

  /** How one of the features is distributed over the customers. */
  String feature(int cell, String title, boolean whole) {
    double[] values =
        findings.of("features").stream()
            .mapToDouble(f -> Double.parseDouble(f.get(cell)))
            .toArray();
    return Histogram.svg(title, "customers", values, whole);
  }

  /** Of how many customers the next purchase came soon, by how long ago the last one was. */
  static String boughtAgain(TrainingSet trainingSet) {
    List<TrainingSet.Share> shares = trainingSet.shares();
    double last = shares.isEmpty() ? 0 : shares.get(shares.size() - 1).fromDays();
    double most =
        shares.stream().mapToDouble(share -> 100.0 * share.again() / share.rows()).max().orElse(1);
    Plot plot =
        new Plot(
            1000,
            300,
            Axis.between("days since the last purchase", 0, last + TrainingSet.DAYS_OF_A_SHARE),
            Axis.fromZero("bought again within 30 days, %", most));
    for (TrainingSet.Share share : shares) {
      double percent = 100.0 * share.again() / share.rows();
      plot =
          plot.bar(
              1,
              share.fromDays(),
              share.fromDays() + TrainingSet.DAYS_OF_A_SHARE,
              percent,
              String.format(
                  Locale.ROOT,
                  "%d to %d days: %,d of %,d, %.1f %%",
                  share.fromDays(),
                  share.fromDays() + TrainingSet.DAYS_OF_A_SHARE,
                  share.again(),
                  share.rows(),
                  percent));
    }
    return plot.svg();
  }

  /** How many nodes have a degree, both on logarithmic axes. */
  String degrees() {
    List<Point> out = new ArrayList<>();
    List<Point> in = new ArrayList<>();
    double mostDegree = 1;
    double mostNodes = 1;
    for (List<String> line : findings.of("degree")) {
      double degree = Double.parseDouble(line.get(1));
      double nodes = Double.parseDouble(line.get(2));
      if (degree > 0) {
        String told =
            String.format(
                Locale.ROOT, "%,.0f synsets with %,.0f edges %s", nodes, degree, line.get(0));
        (line.get(0).equals("out") ? out : in).add(new Point(degree, nodes, told));
        mostDegree = Math.max(mostDegree, degree);
        mostNodes = Math.max(mostNodes, nodes);
      }
    }
    return new Plot(
            1000,
            340,
            Axis.log("degree (edges of a synset)", mostDegree),
            Axis.log("synsets", mostNodes))
        .dots(1, 3.5, out)
        .dots(2, 3.5, in)
        .legend(1, "edges out")
        .legend(2, "edges in")
        .svg();
  }

  /** How many rows the partitions of each store have, and what the planner says to expect. */
  String partitions(String keyspace) {
    Map<Integer, List<Long>> stores = new TreeMap<>();
    for (List<String> line : findings.of("partition")) {
      stores
          .computeIfAbsent(Integer.parseInt(line.get(0)), store -> new ArrayList<>())
          .add(Long.parseLong(line.get(2)));
    }
    double most = 1;
    for (List<Long> rows : stores.values()) {
      most = Math.max(most, rows.stream().mapToDouble(n -> n).max().orElse(0));
    }
    PartitionPlanner planner = planner(FoodMartTables.sales(keyspace));
    double last = stores.keySet().stream().max(Comparator.naturalOrder()).orElse(1);
    Plot plot =
        new Plot(
            1000,
            320,
            Axis.between("store", 0, last + 1),
            Axis.fromZero("rows in a partition", most));
    for (Map.Entry<Integer, List<Long>> store : stores.entrySet()) {
      plot = partitionsOf(plot, planner, store.getKey(), store.getValue());
    }
    return plot.legend(1, "from the smallest to the largest")
        .legend(3, "median")
        .legend(2, "predicted")
        .svg();
  }

  private static Plot partitionsOf(
      Plot plot, PartitionPlanner planner, int store, List<Long> partitions) {
    List<Long> sorted = partitions.stream().sorted().toList();
    long least = sorted.get(0);
    long largest = sorted.get(sorted.size() - 1);
    long median = sorted.get(sorted.size() / 2);
    long total = sorted.stream().mapToLong(n -> n).sum();
    PartitionPlan plan = planner.plan((double) total / DAYS, Duration.standardDays(DAYS));
    return plot.range(
            1,
            store,
            (double) least,
            (double) largest,
            String.format(
                Locale.ROOT,
                "store %d: %d partitions of %,d to %,d rows",
                store,
                sorted.size(),
                least,
                largest))
        .dots(
            3,
            4,
            List.of(
                new Point(
                    store,
                    median,
                    String.format(Locale.ROOT, "store %d: median %,d rows", store, median))))
        .tick(
            2,
            store,
            plan.rows(),
            String.format(
                Locale.ROOT,
                "store %d: the planner says %,.0f rows and %,.0f kB",
                store,
                plan.rows(),
                plan.bytes() / 1000));
  }

  /** What the planner says of the table's partitions for the store that sells most. */
  PartitionPlan busiest(String keyspace) {
    Map<String, Long> stores = new TreeMap<>();
    findings
        .of("partition")
        .forEach(line -> stores.merge(line.get(0), Long.parseLong(line.get(2)), Long::sum));
    long most = stores.values().stream().mapToLong(n -> n).max().orElse(1);
    return planner(FoodMartTables.sales(keyspace))
        .plan((double) most / DAYS, Duration.standardDays(DAYS));
  }

  private static PartitionPlanner planner(Table sales) {
    return PartitionPlanner.of(sales)
        .withBytes("store_sales", DECIMAL_BYTES)
        .withBytes("store_cost", DECIMAL_BYTES)
        .withBytes("unit_sales", DECIMAL_BYTES);
  }

  private static double amount(String tenThousandths) {
    return Long.parseLong(tenThousandths) / TEN_THOUSANDTHS;
  }
}
