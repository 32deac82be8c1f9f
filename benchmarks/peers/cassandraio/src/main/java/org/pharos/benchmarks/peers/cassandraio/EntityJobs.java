package org.pharos.benchmarks.peers.cassandraio;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.cassandra.CassandraIO;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;
import org.pharos.benchmarks.workload.beam.Numbers;
import org.pharos.benchmarks.workload.beam.Runners;
import org.pharos.benchmarks.workload.beam.Seen;

/** The jobs with CassandraIO, as its documentation shows them. */
record EntityJobs<E extends Entity>(
    Task task, Class<E> type, Coder<E> coder, SerializableFunction<Object[], E> entity) {

  /** For 2 slots and tables of some hundred megabytes. */
  private static final int SPLITS = 16;

  void write() {
    Pipeline pipeline = Runners.pipeline(task);
    Data data = task.data();
    SerializableFunction<Object[], E> make = entity;
    pipeline
        .apply(Numbers.of(task.rows(), place -> make.apply(data.row(place)), coder))
        .apply(
            CassandraIO.<E>write()
                .withHosts(List.of(task.host()))
                .withPort(task.port())
                .withLocalDc(task.datacenter())
                .withKeyspace(Shape.KEYSPACE)
                .withConsistencyLevel("LOCAL_QUORUM")
                .withEntity(type));
    pipeline.run().waitUntilFinish();
    Meter.seen(task.rows(), 0);
  }

  /** It cannot count but by reading. */
  void scan() {
    Pipeline pipeline = Runners.pipeline(task);
    pipeline.apply(read().withMinNumberOfSplits(SPLITS)).apply(seen());
    pipeline.run().waitUntilFinish();
  }

  /** A query for each key, as its documentation has it. */
  void lookUp() {
    Pipeline pipeline = Runners.pipeline(task);
    Data data = task.data();
    CassandraIO.Read<E> read = read();
    String select = "SELECT * FROM " + task.shape().qualifiedTable() + " WHERE entity_id = ";
    pipeline
        .apply(
            Numbers.of(
                task.keys(),
                place -> read.withQuery(select + data.key(place)),
                SerializableCoder.of(new TypeDescriptor<CassandraIO.Read<E>>() {})))
        .apply(CassandraIO.<E>readAll().withCoder(coder))
        .apply(seen());
    pipeline.run().waitUntilFinish();
  }

  private CassandraIO.Read<E> read() {
    return CassandraIO.<E>read()
        .withHosts(List.of(task.host()))
        .withPort(task.port())
        .withLocalDc(task.datacenter())
        .withKeyspace(Shape.KEYSPACE)
        .withTable(task.shape().table())
        .withConsistencyLevel("LOCAL_QUORUM")
        .withEntity(type)
        .withCoder(coder);
  }

  private ParDo.SingleOutput<E, Void> seen() {
    return ParDo.of(new Seen<>(Entity::digest));
  }
}
