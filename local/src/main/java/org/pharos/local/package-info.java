/**
 * A real Cassandra, Kafka and Flink as child processes, from Maven artifacts, for tests and for
 * trying things out. A server's jars have a class path of their own and the server goes when its
 * parent goes.
 */
@NullMarked
@CheckReturnValue
package org.pharos.local;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
