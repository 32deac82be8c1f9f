/** Our doors as a peer. */
@NullMarked
package org.pharos.benchmarks.peers.pharos;

import org.jspecify.annotations.NullMarked;
