/** Our pipelines on the Spark runner: in this JVM, or on a Spark master. */
@NullMarked
@CheckReturnValue
package org.pharos.runners.spark;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
