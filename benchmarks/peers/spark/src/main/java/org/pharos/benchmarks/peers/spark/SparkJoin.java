package org.pharos.benchmarks.peers.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Spine;
import org.pharos.benchmarks.workload.Task;

/**
 * A point-in-time join by Spark SQL, which has none of its own: a left join by entity, and of each
 * spine row the greatest of what was known.
 */
final class SparkJoin {
  private final JavaSparkContext spark;
  private final Task task;

  SparkJoin(JavaSparkContext spark, Task task) {
    this.spark = spark;
    this.task = task;
  }

  @SuppressWarnings("JavaUtilDate") // what Spark has for a timestamp
  void run() {
    Dataset<Row> history = SparkTable.read(spark, task).select("entity_id", "ts", "f1", "f2", "f3");
    UserDefinedFunction time =
        udf(
            (UDF1<Long, Timestamp>) entity -> new Timestamp(Spine.at(entity)),
            DataTypes.TimestampType);
    Dataset<Row> spine =
        SparkTable.session(spark)
            .range(task.rows() / Data.ROWS_A_PARTITION)
            .select(col("id"), time.apply(col("id")).as("at"));
    Column known =
        col("ts")
            .plus(expr("interval " + Spine.KNOWN_AFTER_MILLIS + " milliseconds"))
            .leq(col("at"));
    spine
        .join(history, col("id").equalTo(col("entity_id")), "left")
        .groupBy("id", "at")
        .agg(max(when(known, struct("ts", "f1", "f2", "f3"))))
        .javaRDD()
        .foreachPartition(SparkJoin::see);
  }

  @SuppressWarnings("JavaUtilDate") // what Spark has for a timestamp
  private static void see(Iterator<Row> joined) {
    long count = 0;
    long digest = 0;
    while (joined.hasNext()) {
      Row row = joined.next();
      Row found = row.isNullAt(2) ? null : row.getStruct(2);
      digest +=
          Spine.digest(
              row.getLong(0),
              row.getTimestamp(1).getTime(),
              found == null
                  ? null
                  : new Object[] {
                    found.getTimestamp(0).getTime(),
                    found.getDouble(1),
                    found.getDouble(2),
                    found.getDouble(3)
                  });
      count++;
    }
    Meter.seen(count, digest);
  }
}
