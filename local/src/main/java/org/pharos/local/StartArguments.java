package org.pharos.local;

import java.nio.file.Path;
import java.util.List;
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

  private static final List<String> ALLOWED =
      List.of(
          "--nodes", "--racks", "--port", "--heap", "--version", "--directory", "--authentication");

  /**
   * Empty when help is asked for.
   *
   * @throws IllegalArgumentException naming option, value and what is allowed
   */
  static Optional<StartArguments> parse(String... arguments) {
    return Flags.parse(ALLOWED, arguments)
        .map(
            flags ->
                new StartArguments(
                    flags.number("--nodes", 1, 1, 9),
                    flags.number("--racks", 1, 1, 9),
                    flags.number("--port", 0, 1024, 65_535),
                    flags.number("--heap", 0, 256, 65_536),
                    flags
                        .text("--version")
                        .map(StartArguments::version)
                        .orElseGet(CassandraVersion::ofThisProcess),
                    flags.has("--authentication"),
                    flags.path("--directory", "cassandra-data")));
  }

  private static CassandraVersion version(String value) {
    try {
      return CassandraVersion.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--version=" + value + ": " + e.getMessage(), e);
    }
  }
}
