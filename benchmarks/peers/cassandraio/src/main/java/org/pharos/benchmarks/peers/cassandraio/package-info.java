/** Beam's own CassandraIO as a peer. */
@NullMarked
package org.pharos.benchmarks.peers.cassandraio;

import org.jspecify.annotations.NullMarked;
