package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithCassandra
class WithCassandraTest {
  private final TestKeyspace keyspace;

  WithCassandraTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Test
  void a_class_has_a_keyspace_of_its_own(CassandraCluster cluster) {
    keyspace.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
    keyspace.execute("INSERT INTO t (id, name) VALUES (?, ?)", 1, "one");

    assertThat(
            cluster
                .session()
                .execute("SELECT name FROM %s.t WHERE id = 1".formatted(keyspace.name()))
                .one()
                .getString("name"))
        .isEqualTo("one");
    assertThat(keyspace.replicationFactor()).isEqualTo(1);
    assertThat(keyspace.cluster()).isSameAs(cluster).isSameAs(SharedCassandra.single());
  }

  @Test
  void the_server_is_of_the_version_that_the_build_names(CassandraCluster cluster) {
    assertThat(cluster.version()).isEqualTo(System.getProperty("pharos.cassandra.version"));
  }

  @Nested
  class Inside {
    @Test
    void a_nested_class_shares_the_keyspace(TestKeyspace same) {
      assertThat(same).isSameAs(keyspace);
    }
  }
}
