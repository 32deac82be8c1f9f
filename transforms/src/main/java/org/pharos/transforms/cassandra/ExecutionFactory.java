package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.Serializable;

/** How the statements of a writer are executed; tests put faults between it and the session. */
@FunctionalInterface
interface ExecutionFactory extends Serializable {
  Execution of(CqlSession session);
}
