package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletionStage;

/** Executes one statement. */
@FunctionalInterface
interface Execution {
  CompletionStage<AsyncResultSet> execute(Statement<?> statement);
}
