package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.Serializable;
import java.util.concurrent.CompletionStage;

/** How a reader sends a statement: as the session does, except where a test makes some fail. */
@FunctionalInterface
interface Requests {

  CompletionStage<AsyncResultSet> send(Statement<?> statement);

  /** Travels with the pipeline, and makes the way on the worker. */
  @FunctionalInterface
  interface Through extends Serializable {
    Requests of(CqlSession session);
  }

  static Through session() {
    return session -> session::executeAsync;
  }
}
