/** Jobs over the doors, each in a JVM of its own that can be measured and killed. */
@NullMarked
@CheckReturnValue
package org.pharos.drills.jobs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
