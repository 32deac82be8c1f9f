package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

@WithCassandra
class SharedCassandraTest {
  @Test
  void a_property_names_a_cluster_that_runs_already(CassandraCluster running) {
    String contactPoint = running.contactPoints().get(0);

    CassandraCluster chosen =
        SharedCassandra.choose(
            Map.of(
                    "pharos.cassandra.contactPoints",
                    contactPoint,
                    "pharos.cassandra.datacenter",
                    running.datacenter())
                ::get,
            Map.of("PHAROS_CASSANDRA_CONTACT_POINTS", "127.0.0.1:1")::get);

    assertThat(chosen).isInstanceOf(ExternalCassandra.class);
    assertThat(chosen.contactPoints()).containsExactly(contactPoint);
    assertThat(chosen.datacenter()).isEqualTo(running.datacenter());
    assertThat(chosen.login()).isEmpty();
    assertThat(chosen.version()).isEqualTo(running.version());
    chosen.session().close();
  }

  @Test
  void an_environment_variable_does_too(CassandraCluster running) {
    CassandraCluster chosen =
        SharedCassandra.choose(
            name -> null,
            Map.of("PHAROS_CASSANDRA_CONTACT_POINTS", running.contactPoints().get(0))::get);

    assertThat(chosen.contactPoints()).isEqualTo(running.contactPoints());
    chosen.session().close();
  }

  @Test
  void without_a_docker_engine_a_container_skips_the_test() {
    assumeFalse(DockerClientFactory.instance().isDockerAvailable());

    assertThatThrownBy(
            () ->
                SharedCassandra.choose(
                    Map.of("pharos.cassandra", "testcontainers")::get, name -> null))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("needs a Docker engine");
  }

  @Test
  void an_unknown_kind_is_refused_with_what_is_allowed() {
    assertThatThrownBy(
            () -> SharedCassandra.choose(Map.of("pharos.cassandra", "docker")::get, name -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pharos.cassandra=docker is not allowed; allowed: local, testcontainers");
  }
}
