/** What the peers on Beam share. */
@NullMarked
package org.pharos.benchmarks.workload.beam;

import org.jspecify.annotations.NullMarked;
