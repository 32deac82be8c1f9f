package org.pharos.benchmarks.peers.spark;

import static com.datastax.spark.connector.japi.CassandraJavaUtil.javaFunctions;
import static com.datastax.spark.connector.japi.CassandraJavaUtil.mapToRow;
import static com.datastax.spark.connector.japi.CassandraJavaUtil.mapTupleToRow;
import static com.datastax.spark.connector.japi.CassandraJavaUtil.someColumns;

import com.datastax.spark.connector.japi.CassandraRow;
import com.datastax.spark.connector.japi.GenericJavaRowReaderFactory;
import com.datastax.spark.connector.japi.rdd.CassandraTableScanJavaRDD;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.pharos.benchmarks.workload.Column;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Digest;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;
import scala.Tuple1;

/** The jobs with RDDs, which are faster here than data frames; the connector's defaults. */
public final class SparkPeer {
  /** Tasks for each slot, so that none waits long for the last. */
  private static final int SLICES = 4 * Task.PARALLELISM;

  private SparkPeer() {}

  /** See {@link Peer#main}. */
  public static void main(String[] arguments) {
    Peer.main(SparkPeer::run, arguments);
  }

  private static void run(Task task) {
    try (JavaSparkContext spark = new JavaSparkContext(configuration(task))) {
      switch (task.job()) {
        case WRITE -> write(spark, task);
        case SCAN -> scan(spark, task);
        case LOOKUP -> lookUp(spark, task);
        case COUNT -> count(spark, task);
        case FEATURES -> new SparkFeatures(spark, task).run();
        case JOIN -> new SparkJoin(spark, task).run();
        case SERVE_VIEWS, SERVE_ENTITIES ->
            throw new IllegalArgumentException("Spark serves no requests");
      }
    }
  }

  private static SparkConf configuration(Task task) {
    return new SparkConf()
        .setMaster("local[" + Task.PARALLELISM + "]")
        .setAppName("benchmark")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.ui.enabled", "false")
        .set("spark.cassandra.connection.host", task.host())
        .set("spark.cassandra.connection.port", Integer.toString(task.port()))
        .set("spark.cassandra.connection.localDC", task.datacenter());
  }

  private static void write(JavaSparkContext spark, Task task) {
    Data data = task.data();
    JavaRDD<Narrow> rows = numbers(spark, task.rows()).map(place -> new Narrow(data.row(place)));
    javaFunctions(rows)
        .writerBuilder(Shape.KEYSPACE, task.shape().table(), mapToRow(Narrow.class))
        .saveToCassandra();
    Meter.seen(task.rows(), 0);
  }

  private static void scan(JavaSparkContext spark, Task task) {
    table(spark, task).select(columns(task)).foreachPartition(SparkPeer::see);
  }

  private static void lookUp(JavaSparkContext spark, Task task) {
    Data data = task.data();
    JavaRDD<Tuple1<Long>> keys =
        numbers(spark, task.keys()).map(place -> new Tuple1<>(data.key(place)));
    javaFunctions(keys)
        .joinWithCassandraTable(
            Shape.KEYSPACE,
            task.shape().table(),
            someColumns(columns(task)),
            someColumns("entity_id"),
            GenericJavaRowReaderFactory.instance,
            mapTupleToRow(Long.class))
        .values()
        .foreachPartition(SparkPeer::see);
  }

  private static void count(JavaSparkContext spark, Task task) {
    Meter.first();
    Meter.seen(table(spark, task).cassandraCount(), 0);
  }

  private static CassandraTableScanJavaRDD<CassandraRow> table(JavaSparkContext spark, Task task) {
    return javaFunctions(spark).cassandraTable(Shape.KEYSPACE, task.shape().table());
  }

  private static String[] columns(Task task) {
    return task.shape().columns().stream().map(Column::name).toArray(String[]::new);
  }

  private static JavaRDD<Long> numbers(JavaSparkContext spark, long count) {
    return spark
        .parallelize(IntStream.range(0, SLICES).boxed().toList(), SLICES)
        .flatMap(
            slice -> {
              Meter.first();
              return LongStream.range(count * slice / SLICES, count * (slice + 1) / SLICES)
                  .boxed()
                  .iterator();
            });
  }

  @SuppressWarnings("JavaUtilDate") // what the connector has for a timestamp
  private static void see(Iterator<CassandraRow> rows) {
    Meter.first();
    long count = 0;
    long digest = 0;
    while (rows.hasNext()) {
      CassandraRow row = rows.next();
      digest +=
          Digest.of(
              new Object[] {
                row.getLong(0),
                row.getDate(1).getTime(),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getInt(5),
                row.getString(6)
              });
      count++;
    }
    Meter.seen(count, digest);
  }
}
