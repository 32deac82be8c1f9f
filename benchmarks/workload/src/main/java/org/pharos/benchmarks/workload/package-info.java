/** The work that every peer is given, its data, and the measuring: what all of them share. */
@NullMarked
package org.pharos.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
