package org.pharos.pipelines.tables;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.pharos.pipelines.CassandraOptions;

/** Which table is followed, how its partitions are found, and the table its rows go to. */
public interface FollowOptions extends CassandraOptions {
  @Description(
      "The table of the keyspace to follow; its first clustering column says when it came.")
  @Validation.Required
  String getTable();

  void setTable(String table);

  @Description("The table of the keyspace to write to, which has columns of the same names.")
  @Validation.Required
  String getTarget();

  void setTarget(String table);

  @Description("The column of the partition key with the bucket of time; none by default.")
  @Default.String("")
  String getBucketColumn();

  void setBucketColumn(String column);

  @Description("With bucketColumn: how many seconds a bucket is wide.")
  @Default.Integer(0)
  int getBucketSeconds();

  void setBucketSeconds(int seconds);

  @Description(
      "The values of the other columns of the partition key, a JSON object of arrays:"
          + " {\"shard\":[0,1,2]}.")
  @Default.String("{}")
  String getPartitions();

  void setPartitions(String json);
}
