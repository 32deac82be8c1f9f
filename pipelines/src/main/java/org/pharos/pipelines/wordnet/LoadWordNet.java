package org.pharos.pipelines.wordnet;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.archive.ReadArchive;
import org.pharos.schemas.Table;
import org.pharos.schemas.graph.Edge;
import org.pharos.schemas.graph.GraphTables;
import org.pharos.schemas.text.Document;
import org.pharos.schemas.text.TextTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.WriteTable;
import org.pharos.transforms.graph.CountDegrees;
import org.pharos.transforms.graph.MirrorEdges;

/**
 * WordNet into Cassandra: its glosses as documents, its relations as edges that each end can look
 * up, and how many edges meet in each synset. Running it again writes the same rows.
 */
public final class LoadWordNet {
  private LoadWordNet() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("Path of the artifact " + WordNet.ARTIFACT + " on the workers.")
    @Validation.Required
    String getData();

    void setData(String path);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "load-wordnet",
            "WordNet's glosses and relations into documents, edges and degrees",
            Options.class,
            LoadWordNet::assemble)
        .writing(options -> tables(options.getKeyspace()));
  }

  /** The tables that it writes. */
  public static List<Table> tables(String keyspace) {
    return List.of(
        TextTables.documents(keyspace), GraphTables.edges(keyspace), GraphTables.degrees(keyspace));
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    String keyspace = options.getKeyspace();

    PCollection<Document> glosses =
        pipeline.apply(
            "Read glosses",
            ReadArchive.of(
                options.getData(),
                WordNet.DATA,
                new SynsetDocument(),
                TypeDescriptor.of(Document.class)));
    glosses.apply("Write documents", WriteTable.of(TextTables.documents(keyspace)).to(connection));

    PCollection<Edge> relations =
        pipeline.apply(
            "Read relations",
            ReadArchive.of(
                options.getData(), WordNet.DATA, new SynsetEdges(), TypeDescriptor.of(Edge.class)));
    relations
        .apply("Mirror edges", MirrorEdges.create())
        .apply("Write edges", WriteTable.of(GraphTables.edges(keyspace)).to(connection));
    relations
        .apply("Count degrees", CountDegrees.create())
        .apply("Write degrees", WriteTable.of(GraphTables.degrees(keyspace)).to(connection));
  }
}
