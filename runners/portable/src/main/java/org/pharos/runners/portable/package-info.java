/** Our pipelines on a portable runner: whatever a Beam job server leads to. */
@NullMarked
@CheckReturnValue
package org.pharos.runners.portable;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
