package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.TableClient;

/**
 * The table that keeps what a {@link FeaturePipeline} learned, a row a version: written by a fit,
 * read by other pipelines and by services.
 *
 * <pre>{@code
 * FittedTable models = FittedTable.of(model, "shop", "spending", connection);
 * rows.apply(model.fit()).apply(models.write(3));
 *
 * PCollectionView<Row> learned = pipeline.apply(models.read(3)).apply(View.asSingleton());
 * rows.apply(model.apply(learned));
 *
 * FittedPipeline fitted = models.load(3); // in a service
 * }</pre>
 *
 * <p>The table holds the fields of {@link FeaturePipeline#learnedSchema}, so a pipeline with other
 * steps needs a table of another name.
 */
public final class FittedTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeaturePipeline pipeline;
  private final Table table;
  private final CassandraConnection connection;

  private FittedTable(FeaturePipeline pipeline, Table table, CassandraConnection connection) {
    this.pipeline = pipeline;
    this.table = table;
    this.connection = connection;
  }

  /**
   * The table {@code NAME_fitted} of a keyspace.
   *
   * @throws IllegalArgumentException when no column can have the type of something learned
   */
  public static FittedTable of(
      FeaturePipeline pipeline, String keyspace, String name, CassandraConnection connection) {
    return new FittedTable(
        pipeline,
        FeatureTables.fitted(keyspace, name, pipeline.learnedSchema()),
        Objects.requireNonNull(connection, "connection"));
  }

  /** The table, to be created before the first version is written. */
  public Table table() {
    return table;
  }

  /**
   * What {@link FeaturePipeline#fit} gives in; the version's row written. One that is there is
   * replaced.
   *
   * @throws IllegalArgumentException if the version is less than 1
   */
  public WriteFitted write(int version) {
    return WriteFitted.of(this, check(version));
  }

  /**
   * Nothing in; what a version learned out, one Row. A version that is not there fails the job.
   *
   * @throws IllegalArgumentException if the version is less than 1
   */
  public ReadFitted read(int version) {
    return ReadFitted.of(this, check(version));
  }

  /**
   * The pipeline with what a version learned, without a runner.
   *
   * @throws IllegalArgumentException if the version is not there
   * @throws org.pharos.transforms.cassandra.CassandraFailure if the table cannot be read
   */
  public FittedPipeline load(int version) {
    return pipeline.fitted(learned(version));
  }

  private static int check(int version) {
    if (version < 1) {
      throw new IllegalArgumentException("a version is 1 or more, not " + version);
    }
    return version;
  }

  FeaturePipeline pipeline() {
    return pipeline;
  }

  CassandraConnection connection() {
    return connection;
  }

  /** What a version learned. */
  Row learned(int version) {
    Schema key = Schema.builder().addInt32Field(FeatureTables.VERSION).build();
    try (TableClient client = TableClient.open(table, connection)) {
      Row found =
          client
              .find(Row.withSchema(key).addValue(version).build())
              .join()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          table
                              + " has no version "
                              + version
                              + ": fit the pipeline and write it first"));
      Schema schema = pipeline.learnedSchema();
      List<@Nullable Object> values = new ArrayList<>(schema.getFieldCount());
      schema.getFieldNames().forEach(field -> values.add(found.getValue(field)));
      return Row.withSchema(schema).attachValues(values);
    }
  }
}
