/** Runs peers in turn against one server, and compares them. */
@NullMarked
package org.pharos.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
