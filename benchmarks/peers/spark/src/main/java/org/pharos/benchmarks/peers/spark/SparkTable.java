package org.pharos.benchmarks.peers.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;

/** A task's table for Spark SQL; its first task begins what is measured. */
final class SparkTable {
  private SparkTable() {}

  static SparkSession session(JavaSparkContext spark) {
    // As many tasks after the shuffle as there are cores for, not the default of 200.
    return SparkSession.builder()
        .config("spark.sql.shuffle.partitions", 4 * Task.PARALLELISM)
        .getOrCreate();
  }

  static Dataset<Row> read(JavaSparkContext spark, Task task) {
    spark.sc().addSparkListener(new BeginListener());
    return session(spark)
        .read()
        .format("org.apache.spark.sql.cassandra")
        .option("keyspace", Shape.KEYSPACE)
        .option("table", task.shape().table())
        .load();
  }
}
