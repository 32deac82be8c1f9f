/** A stream of events from a real Kafka, and the job on a real Flink cluster that takes it in. */
@NullMarked
@CheckReturnValue
package org.pharos.drills.streams;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
