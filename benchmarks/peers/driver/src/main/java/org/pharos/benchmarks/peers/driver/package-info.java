/** The bare driver as a peer: what one would write by hand for one table, without a framework. */
@NullMarked
package org.pharos.benchmarks.peers.driver;

import org.jspecify.annotations.NullMarked;
