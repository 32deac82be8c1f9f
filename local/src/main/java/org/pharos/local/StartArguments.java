package org.pharos.local;

import java.nio.file.Path;
import java.util.Optional;

/** The options of {@link StartCassandra}; a zero means that the cluster chooses. */
record StartArguments(
    int nodes,
    int racks,
    int port,
    int heapMegabytes,
    CassandraVersion version,
    boolean authentication,
    Optional<Path> directory) {

  static final String HELP =
      """
      Starts a Cassandra to play with, and ends it at Ctrl-C.

        --nodes=N           nodes on 127.0.0.1, 127.0.0.2, ...: 1 to 9 (default 1)
        --racks=N           racks to spread them over: 1 to 9 (default 1)
        --port=PORT         CQL port: 1024 to 65535 (default 9042, or a free one)
        --heap=MEGABYTES    heap of each node: 256 to 65536 (default 1024, 512 for several)
        --version=VERSION   version of Cassandra, such as 5.0.9, 4.1.10 or 4.0.19
        --directory=PATH    keep the data there (default: a temporary directory)
        --authentication    ask for a login: cassandra, cassandra
        --help              this text
      """;

  /**
   * Empty when help is asked for.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  static Optional<StartArguments> parse(String... arguments) {
    int nodes = 1;
    int racks = 1;
    int port = 0;
    int heap = 0;
    CassandraVersion version = null;
    boolean authentication = false;
    Optional<Path> directory = Optional.empty();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      switch (name) {
        case "--nodes" -> nodes = number(name, value, 1, 9);
        case "--racks" -> racks = number(name, value, 1, 9);
        case "--port" -> port = number(name, value, 1024, 65_535);
        case "--heap" -> heap = number(name, value, 256, 65_536);
        case "--version" -> version = version(value);
        case "--directory" -> directory = Optional.of(directory(value));
        case "--authentication" -> authentication = true;
        case "--help", "-h" -> {
          return Optional.empty();
        }
        default ->
            throw new IllegalArgumentException(
                argument
                    + " is not an option; allowed: --nodes, --racks, --port, --heap, --version, "
                    + "--directory, --authentication, --help");
      }
    }
    return Optional.of(
        new StartArguments(
            nodes,
            racks,
            port,
            heap,
            version == null ? CassandraVersion.ofThisProcess() : version,
            authentication,
            directory));
  }

  private static CassandraVersion version(String value) {
    try {
      return CassandraVersion.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--version=" + value + ": " + e.getMessage(), e);
    }
  }

  private static Path directory(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "--directory= needs a path, as in --directory=cassandra-data");
    }
    return Path.of(value);
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new IllegalArgumentException(
        "%s=%s is not allowed; allowed: a number from %d to %d"
            .formatted(name, value, least, most));
  }
}
