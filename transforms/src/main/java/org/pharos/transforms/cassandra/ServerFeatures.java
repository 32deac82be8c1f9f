package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.Version;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What only newer servers can do. */
final class ServerFeatures {

  private ServerFeatures() {}

  /**
   * Checks that every node can hold a table.
   *
   * @throws CassandraFailure naming the feature and the version of the oldest node
   */
  static void check(CqlSession session, Table table) {
    oldest(session).ifPresent(oldest -> check(oldest, table));
  }

  /** Whether all nodes tell write times and times to live of the elements of a collection. */
  static boolean tellsTimesOfElements(CqlSession session) {
    return oldest(session).filter(oldest -> oldest.getMajor() >= 5).isPresent();
  }

  private static Optional<Version> oldest(CqlSession session) {
    return session.getMetadata().getNodes().values().stream()
        .map(Node::getCassandraVersion)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }

  static void check(Version oldest, Table table) {
    List<String> needed = needed(table);
    if (oldest.getMajor() < 5 && !needed.isEmpty()) {
      throw new CassandraFailure(
          table
              + " needs "
              + String.join(" and ", needed)
              + ", which Cassandra has since 5.0; the cluster has a node of version "
              + oldest
              + ". Upgrade it, or leave that out of the table");
    }
  }

  private static List<String> needed(Table table) {
    List<String> needed = new ArrayList<>();
    table.columns().stream()
        .filter(column -> hasVector(column.type()))
        .forEach(column -> needed.add("vectors (column " + column.name() + ")"));
    table.indexes().forEach(index -> needed.add("storage-attached indexes (" + index.name() + ")"));
    return needed;
  }

  private static boolean hasVector(CqlType type) {
    if (type instanceof CqlType.ListOf list) {
      return hasVector(list.element());
    } else if (type instanceof CqlType.SetOf set) {
      return hasVector(set.element());
    } else if (type instanceof CqlType.MapOf map) {
      return hasVector(map.key()) || hasVector(map.value());
    } else if (type instanceof CqlType.TupleOf tuple) {
      return tuple.elements().stream().anyMatch(ServerFeatures::hasVector);
    } else if (type instanceof CqlType.UserType user) {
      return user.fields().stream().anyMatch(field -> hasVector(field.type()));
    }
    return type instanceof CqlType.VectorOf;
  }
}
