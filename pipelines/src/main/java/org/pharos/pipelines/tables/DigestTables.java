package org.pharos.pipelines.tables;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;

/**
 * What tables hold, each in one line of a file: {@code table rows digest}. The digest does not
 * depend on the order of rows, on splits or on the runner ({@link CanonicalRow}).
 */
public final class DigestTables {
  private DigestTables() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The tables of the keyspace, with commas between them.")
    @Validation.Required
    List<String> getTables();

    void setTables(List<String> tables);

    @Description("The file to write, on a file system that Beam knows.")
    @Validation.Required
    String getDigests();

    void setDigests(String file);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "digest-tables",
            "the number of rows and an order-free digest of any tables",
            Options.class,
            DigestTables::assemble)
        .checking(
            options -> {
              if (options.getTables().isEmpty()) {
                throw new BadOption("tables", "", "takes one table or more");
              }
            })
        .describing(Options::getTables);
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    PCollectionList<String> digests = PCollectionList.empty(pipeline);
    for (String name : options.getTables()) {
      Table table = DescribedTables.named(options, name);
      PCollection<String> digest =
          pipeline
              .apply("Read " + name, ReadTable.of(table).from(connection))
              .apply("Digest " + name, DigestRows.ofAllColumns())
              .apply(
                  "Format " + name,
                  MapElements.into(TypeDescriptors.strings())
                      .via(sum -> name + " " + sum.rows() + " " + sum.hex()));
      digests = digests.and(digest);
    }
    digests
        .apply("Together", Flatten.pCollections())
        .apply("Write digests", TextIO.write().to(options.getDigests()).withoutSharding());
  }
}
