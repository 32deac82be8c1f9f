package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pharos.schemas.Cql;

/**
 * A keyspace and how often its rows are kept.
 *
 * @param name as stored, neither quoted nor folded to lower case
 * @param replicas the number of replicas by datacenter, or under {@link #EVERYWHERE} alone
 */
public record Keyspace(String name, SortedMap<String, Integer> replicas) implements Serializable {

  /** Stands for a replication that knows no datacenters (SimpleStrategy). */
  public static final String EVERYWHERE = "";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is none, or one below 1, or both kinds
   */
  public Keyspace {
    replicas = new TreeMap<>(replicas);
    if (!name.matches("\\w{1,48}")) {
      throw new IllegalArgumentException(
          "the name of a keyspace is 1 to 48 letters, digits and underscores, not \""
              + name
              + "\"");
    }
    if (replicas.isEmpty() || (replicas.containsKey(EVERYWHERE) && replicas.size() > 1)) {
      throw new IllegalArgumentException(
          "keyspace " + name + " needs a number of replicas for each datacenter, or one for all");
    }
    replicas.forEach(
        (datacenter, number) -> {
          if (number < 1) {
            throw new IllegalArgumentException(
                "replicas "
                    + (datacenter.isEmpty() ? "" : "in " + datacenter + " ")
                    + "are 1 or more, not "
                    + number);
          }
        });
  }

  /** Rows on this many nodes whatever their datacenter (SimpleStrategy): for one datacenter. */
  public static Keyspace simple(String name, int replicationFactor) {
    return new Keyspace(name, new TreeMap<>(Map.of(EVERYWHERE, replicationFactor)));
  }

  /** Rows on this many nodes of each datacenter (NetworkTopologyStrategy). */
  public static Keyspace network(String name, Map<String, Integer> replicasByDatacenter) {
    return new Keyspace(name, new TreeMap<>(replicasByDatacenter));
  }

  /** The statement that creates the keyspace if it is missing. */
  String createStatement() {
    StringBuilder cql =
        new StringBuilder("CREATE KEYSPACE IF NOT EXISTS ")
            .append(Cql.identifier(name))
            .append(" WITH replication = {'class': '")
            .append(replicas.containsKey(EVERYWHERE) ? "SimpleStrategy" : "NetworkTopologyStrategy")
            .append('\'');
    replicas.forEach(
        (datacenter, number) ->
            cql.append(", ")
                .append(Cql.literal(datacenter.isEmpty() ? "replication_factor" : datacenter))
                .append(": ")
                .append(number));
    return cql.append('}').toString();
  }
}
