/** The Spark Cassandra connector as a peer. */
@NullMarked
package org.pharos.benchmarks.peers.spark;

import org.jspecify.annotations.NullMarked;
