package org.pharos.benchmarks.peers.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.pharos.benchmarks.workload.Features;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Task;

/** Features by Spark SQL: one grouping, as one would write it. */
final class SparkFeatures {
  private final JavaSparkContext spark;
  private final Task task;

  SparkFeatures(JavaSparkContext spark, Task task) {
    this.spark = spark;
    this.task = task;
  }

  void run() {
    Dataset<Row> rows = SparkTable.read(spark, task);
    Column last = col("ts").gt(lit(new Timestamp(Features.AS_OF_MILLIS - Features.WINDOW_MILLIS)));
    rows.where(col("ts").leq(lit(new Timestamp(Features.AS_OF_MILLIS))))
        .groupBy("entity_id")
        .agg(
            count(when(last, 1)),
            count(lit(1)),
            sum(when(last, col("f1"))),
            sum("f1"),
            avg("f2"),
            min(when(last, col("f3"))),
            max("f3"))
        .javaRDD()
        .foreachPartition(SparkFeatures::see);
  }

  private static void see(Iterator<Row> features) {
    long count = 0;
    long digest = 0;
    while (features.hasNext()) {
      Row row = features.next();
      digest +=
          Features.digest(
              row.getLong(0),
              row.getLong(1),
              row.getLong(2),
              row.getDouble(3),
              row.getDouble(4),
              row.getDouble(5),
              row.getDouble(6),
              row.getDouble(7));
      count++;
    }
    Meter.seen(count, digest);
  }
}
