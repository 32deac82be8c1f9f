/** Our pipelines on the Flink runner: embedded in this JVM, or on a cluster. */
@NullMarked
@CheckReturnValue
package org.pharos.runners.flink;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
