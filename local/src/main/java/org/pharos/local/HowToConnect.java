package org.pharos.local;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What somebody at a terminal wants to know once a cluster runs. */
final class HowToConnect {
  private HowToConnect() {}

  static String to(LocalCassandra cassandra) {
    String first = cassandra.contactPoints().get(0);
    String host = first.substring(0, first.lastIndexOf(':'));
    String port = first.substring(first.lastIndexOf(':') + 1);
    String login =
        cassandra.login().map(each -> " -u " + each.user() + " -p " + each.password()).orElse("");
    return """
    Cassandra %s is up. Ctrl-C ends it.

      contact points  %s
      datacenter      %s
      login           %s
      logs            %s

      cqlsh           pip install cqlsh, then: cqlsh%s %s %s
      in a pipeline   --contactPoints=%s --localDatacenter=%s
    """
        .formatted(
            cassandra.version(),
            String.join(",", cassandra.contactPoints()),
            cassandra.datacenter(),
            cassandra.login().map(each -> each.user() + ", " + each.password()).orElse("none"),
            IntStream.rangeClosed(1, cassandra.nodes())
                .mapToObj(node -> cassandra.log(node).toString())
                .collect(Collectors.joining("\n                  ")),
            login,
            host,
            port,
            String.join(",", cassandra.contactPoints()),
            cassandra.datacenter());
  }
}
