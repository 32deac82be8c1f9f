package org.pharos.local;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a real Cassandra, shared by all classes of the JVM, and a keyspace of its own,
 * dropped after the class. Constructors, tests, and what runs before and after them take as
 * parameters a {@link TestKeyspace}, a {@link CassandraCluster} or, with several nodes, a {@link
 * LocalCassandra}. See {@link SharedCassandra} for where the cluster comes from.
 *
 * <pre>{@code
 * @WithCassandra
 * class WriteTableTest {
 *   @Test
 *   void writes_rows(TestKeyspace keyspace) {
 *     keyspace.execute("CREATE TABLE t (id int PRIMARY KEY)");
 *   }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(CassandraExtension.class)
public @interface WithCassandra {
  /** How many nodes; a ring of several is started once a JVM for each size. */
  int nodes() default 1;

  /** How many copies the class's keyspace has of a row. */
  int replicationFactor() default 1;
}
