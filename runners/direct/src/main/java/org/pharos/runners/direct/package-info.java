/** Our pipelines on the Direct runner: one JVM, for small data and for trying out. */
@NullMarked
@CheckReturnValue
package org.pharos.runners.direct;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
