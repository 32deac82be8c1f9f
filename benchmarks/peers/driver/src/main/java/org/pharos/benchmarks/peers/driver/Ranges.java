package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.util.ArrayList;
import java.util.List;
import org.pharos.benchmarks.workload.Shape;

/** A table's ring in pieces, and the query of each. */
final class Ranges {
  /** Of each range of the ring. */
  private static final int PIECES = 4;

  private Ranges() {}

  /** The query for each piece, bound and sent to a replica. */
  static List<BoundStatement> bind(CqlSession session, String selection, Shape shape) {
    PreparedStatement select =
        session.prepare(
            "SELECT %s FROM %s WHERE token(entity_id) > ? AND token(entity_id) <= ?"
                .formatted(selection, shape.qualifiedTable()));
    TokenMap ring =
        session
            .getMetadata()
            .getTokenMap()
            .orElseThrow(() -> new IllegalStateException("the driver has no token map"));
    List<BoundStatement> queries = new ArrayList<>();
    for (TokenRange range : ring.getTokenRanges()) {
      for (TokenRange piece : range.splitEvenly(PIECES)) {
        for (TokenRange part : piece.unwrap()) {
          queries.add(
              select
                  .bind()
                  .setToken(0, part.getStart())
                  .setToken(1, part.getEnd())
                  .setRoutingKeyspace(Shape.KEYSPACE)
                  .setRoutingToken(part.getEnd()));
        }
      }
    }
    return queries;
  }
}
