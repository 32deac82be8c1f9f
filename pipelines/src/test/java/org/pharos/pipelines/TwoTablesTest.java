package org.pharos.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;

class TwoTablesTest {

  private static TargetOptions options(String... flags) {
    List<String> all = new ArrayList<>(List.of("--contactPoints=one", "--localDatacenter=dc1"));
    all.add("--table=t");
    all.addAll(List.of(flags));
    return PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).as(TargetOptions.class);
  }

  private static void refuses(String message, String... flags) {
    assertThatThrownBy(() -> TwoTables.check(options(flags)))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining(message);
  }

  @Test
  void the_target_is_in_the_same_place_under_the_same_name_unless_told() {
    assertThat(TwoTables.of(options("--keyspace=k", "--targetKeyspace=l")))
        .isEqualTo(new TwoTables("k", "t", "l", "t"));
    TargetOptions options = options("--targetTable=u");
    assertThat(Connections.target(options)).isEqualTo(Connections.from(options));
    TwoTables.check(options);
  }

  @Test
  void nothing_of_the_first_connection_holds_for_a_second_cluster() {
    TargetOptions options =
        options(
            "--username=reader",
            "--passwordFrom=env:READER",
            "--targetContactPoints=two:9043",
            "--targetLocalDatacenter=dc2",
            "--targetUsername=writer",
            "--targetPasswordFrom=env:WRITER");
    assertThat(Connections.target(options))
        .isEqualTo(
            CassandraConnection.to("two:9043")
                .withLocalDatacenter("dc2")
                .withCredentials("writer", Secret.env("WRITER")));
    TwoTables.check(options);
  }

  @Test
  void options_that_cannot_be_are_told_by_name() {
    refuses("--targetTable=t: is the table itself");
    refuses("--targetTable=no.name: takes 1 to 48", "--targetTable=no.name");
    refuses("--ranges=-1: 1 to 100000 is allowed", "--targetTable=u", "--ranges=-1");
    refuses("--targetUsername: is of use only with --targetContactPoints", "--targetUsername=me");
    refuses("--targetTls: is of use only with", "--targetTls=true");
    refuses("--targetLocalDatacenter", "--targetContactPoints=two");
    refuses(
        "--targetPasswordFrom: is needed with --targetUsername",
        "--targetContactPoints=two",
        "--targetLocalDatacenter=dc2",
        "--targetUsername=me");
  }
}
