/** From arguments to a job that is done: options, the probe before it, its run, its progress. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.jobs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
