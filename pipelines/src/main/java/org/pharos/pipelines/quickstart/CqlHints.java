package org.pharos.pipelines.quickstart;

import java.util.List;

/** How to look at the quickstart's tables with CQL. */
final class CqlHints {
  private CqlHints() {}

  /** How to get to a prompt, in a sentence or two. */
  static String how(Cluster cluster) {
    String point = cluster.contactPoints().isEmpty() ? "HOST:PORT" : cluster.contactPoints().get(0);
    int colon = point.lastIndexOf(':');
    return cluster
        .directory()
        .map(
            directory ->
                "The tables are kept in "
                    + directory
                    + ". Start Cassandra on them again with `./pharos cassandra --directory="
                    + directory
                    + "`, and in another terminal `cqlsh 127.0.0.1 9042` (from `pip install"
                    + " cqlsh`), or any CQL tool on that port.")
        .orElse(
            "`cqlsh "
                + point.substring(0, colon)
                + " "
                + point.substring(colon + 1)
                + "` (from `pip install cqlsh`), or any CQL tool.");
  }

  /** Statements that show something of each subject. */
  static List<String> statements(String keyspace) {
    return List.of(
        "USE " + keyspace + ";",
        "SELECT * FROM sales WHERE store_id = 13 AND period = '1998-11-26T00:00:00Z' LIMIT 10;",
        "SELECT * FROM customer_features WHERE customer_id = 6280;",
        "SELECT title, text FROM documents WHERE id = 'n02086723';",
        "SELECT type, neighbor FROM edges"
            + " WHERE node = 'n02086723' AND direction = 'OUT' AND bucket = 0;",
        "SELECT * FROM terms WHERE term = 'dog';");
  }
}
