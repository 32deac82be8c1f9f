/** The DataStax Bulk Loader as a peer. */
@NullMarked
package org.pharos.benchmarks.peers.dsbulk;

import org.jspecify.annotations.NullMarked;
