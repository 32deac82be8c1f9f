package org.pharos.pipelines.quickstart;

import java.util.List;

/** How to look at the quickstart's tables with CQL. */
final class CqlHints {
  private CqlHints() {}

  /** Where the tables are, in a sentence. */
  static String where(Cluster cluster) {
    return cluster
        .directory()
        .map(directory -> "The tables are kept in " + directory + ". To look at them:")
        .orElse("To look at the tables:");
  }

  /** The commands that lead to a prompt. */
  static List<String> commands(Cluster cluster) {
    String prompt = "   # from `pip install cqlsh`; any CQL tool will do";
    return cluster
        .directory()
        .map(
            directory ->
                List.of(
                    "./pharos cassandra --directory=" + directory,
                    "cqlsh 127.0.0.1 9042" + prompt + ", in another terminal"))
        .orElseGet(() -> List.of("cqlsh " + address(cluster) + prompt));
  }

  private static String address(Cluster cluster) {
    if (cluster.contactPoints().isEmpty()) {
      return "HOST PORT";
    }
    String point = cluster.contactPoints().get(0);
    int colon = point.lastIndexOf(':');
    return point.substring(0, colon) + " " + point.substring(colon + 1);
  }

  /** Statements that show something of each subject. */
  static List<String> statements(String keyspace) {
    return List.of(
        "USE " + keyspace + ";",
        "SELECT * FROM sales WHERE store_id = 13 AND period = '1998-11-26T00:00:00Z' LIMIT 10;",
        "SELECT * FROM customer_features WHERE customer_id = 6280;",
        "SELECT * FROM spending_v1_history WHERE customer_id = 6280;",
        "SELECT title, text FROM documents WHERE id = 'n02086723';",
        "SELECT type, neighbor FROM edges"
            + " WHERE node = 'n02086723' AND direction = 'OUT' AND bucket = 0;",
        "SELECT * FROM terms WHERE term = 'dog';");
  }
}
