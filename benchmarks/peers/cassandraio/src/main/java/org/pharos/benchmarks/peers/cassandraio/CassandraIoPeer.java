package org.pharos.benchmarks.peers.cassandraio;

import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Task;

/** Hands a task to the pipelines for the entity of its shape. */
public final class CassandraIoPeer {
  private CassandraIoPeer() {}

  /** See {@link Peer#main}. */
  public static void main(String[] arguments) {
    Peer.main(CassandraIoPeer::run, arguments);
  }

  private static void run(Task task) {
    switch (task.shape()) {
      case NARROW -> run(task, Narrow.class, Narrow::of);
      case TEXT -> run(task, Text.class, Text::of);
      case COLLECTIONS -> run(task, Collections.class, Collections::of);
      default ->
          throw new IllegalArgumentException("there is no entity for the shape " + task.shape());
    }
  }

  private static <E extends Entity> void run(
      Task task, Class<E> type, SerializableFunction<Object[], E> entity) {
    EntityJobs<E> jobs = new EntityJobs<>(task, type, SerializableCoder.of(type), entity);
    switch (task.job()) {
      case WRITE -> jobs.write();
      case SCAN, COUNT -> jobs.scan();
      case LOOKUP -> jobs.lookUp();
      case FEATURES, JOIN, SERVE_VIEWS, SERVE_ENTITIES ->
          throw new IllegalArgumentException("CassandraIO has nothing for features");
    }
  }
}
