package org.pharos.bulk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.cassandra.io.sstable.CQLSSTableWriter;

/**
 * The SSTables of one shard, under construction: rows gather until they fill the buffer, and are
 * then sorted and written, as one SSTable for each group of tokens.
 */
final class ShardFiles {
  private final TargetTable table;
  private final RowBuffer buffer;
  private final Path directory;
  private final TokenGroups groups;
  private final Map<Integer, Path> directories = new TreeMap<>();

  ShardFiles(TargetTable table, RowBuffer buffer, Path directory, TokenGroups groups) {
    this.table = table;
    this.buffer = buffer;
    this.directory = directory;
    this.groups = groups;
    buffer.clear();
  }

  /** What a group of tokens has on disk. */
  record Written(int group, Path directory, int sstables, long bytes) {}

  /** Takes rows, which stand in the input. When this fails, they still do. */
  void read(Requests in, int length) throws IOException {
    if (buffer.isTooFullFor(length)) {
      write();
    }
    buffer.read(in, length);
  }

  /** Writes what is left, and tells all there is. */
  List<Written> end() throws IOException {
    write();
    List<Written> written = new ArrayList<>();
    for (Map.Entry<Integer, Path> group : directories.entrySet()) {
      written.add(measured(group.getKey(), group.getValue()));
    }
    return written;
  }

  private void write() throws IOException {
    buffer.sort(table.statements());
    // In the order of opening, so that what fails first is told.
    Map<Integer, CQLSSTableWriter> writers = new LinkedHashMap<>();
    try {
      for (int row = 0; row < buffer.rows(); row++) {
        int group = groups.of(buffer.token(row));
        int statement = buffer.statement(row);
        int writer = group * table.statements().size() + statement;
        CQLSSTableWriter open = writers.get(writer);
        if (open == null) {
          open = open(group, table.statements().get(statement));
          writers.put(writer, open);
        }
        ByteBuffer[] values = buffer.values(row, table.statements().get(statement).markers());
        var unused = open.rawAddRow(Arrays.asList(values));
      }
    } finally {
      for (CQLSSTableWriter writer : writers.values()) {
        writer.close();
      }
      buffer.clear();
    }
  }

  private CQLSSTableWriter open(int group, TargetTable.Statement statement) throws IOException {
    Path target = directories.get(group);
    if (target == null) {
      // Cassandra takes the names of keyspace and table from the path.
      target =
          Files.createDirectories(
              directory
                  .resolve(Integer.toString(group))
                  .resolve(table.keyspace())
                  .resolve(table.name()));
      directories.put(group, target);
    }
    CQLSSTableWriter.Builder builder =
        CQLSSTableWriter.builder().inDirectory(target.toString()).sorted();
    for (String type : table.createTypes()) {
      builder.withType(type);
    }
    return builder.forTable(table.createTable()).using(statement.cql()).build();
  }

  private static Written measured(int group, Path directory) throws IOException {
    int sstables = 0;
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
        if (file.getFileName().toString().endsWith("-Data.db")) {
          sstables++;
        }
      }
    }
    return new Written(group, directory, sstables, bytes);
  }
}
