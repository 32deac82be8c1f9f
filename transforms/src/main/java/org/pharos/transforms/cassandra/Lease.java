package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a shared session until it is given back: acquired in {@code @Setup}, closed in
 * {@code @Teardown}. Closing twice does no harm.
 */
final class Lease implements AutoCloseable {

  private final SharedSession shared;
  private final CqlSession session;
  private final AtomicBoolean returned = new AtomicBoolean();

  Lease(SharedSession shared, CqlSession session) {
    this.shared = shared;
    this.session = session;
  }

  CqlSession session() {
    return session;
  }

  @Override
  public void close() {
    if (returned.compareAndSet(false, true)) {
      Sessions.release(shared);
    }
  }
}
