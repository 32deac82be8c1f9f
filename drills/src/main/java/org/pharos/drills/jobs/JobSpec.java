package org.pharos.drills.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.util.SerializableUtils;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * What a job is to do.
 *
 * @param kind which of the doors it goes through
 * @param runner {@code flink} or {@code direct}
 * @param rows the rows to write or to expect
 * @param keyspace of the table
 * @param table its name
 * @param connection to the cluster
 */
public record JobSpec(
    Kind kind,
    String runner,
    NumberedRows rows,
    String keyspace,
    String table,
    CassandraConnection connection)
    implements Serializable {

  /** A door, and what goes through it. */
  public enum Kind {
    /** Each row is written, in event-time mode. */
    WRITE,
    /** As {@link #WRITE}, after a shuffle that brings the rows of a partition together. */
    WRITE_GROUPED,
    /** As {@link #WRITE}, but of every thousand rows one cannot be written and is set aside. */
    WRITE_WITH_BAD_ROWS,
    /** Each entity's counter is incremented once. */
    COUNT,
    /** The table is read. */
    SCAN,
    /** Each partition is looked up, and one key more for every hundred that is not there. */
    LOOK_UP
  }

  /** The table itself. */
  public Table asTable() {
    return kind == Kind.COUNT ? CountJob.table(keyspace, table) : rows.table(keyspace, table);
  }

  void save(Path file) {
    try {
      Files.write(file, SerializableUtils.serializeToByteArray(this));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static JobSpec load(Path file) {
    try {
      return (JobSpec)
          SerializableUtils.deserializeFromByteArray(Files.readAllBytes(file), "a job");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
