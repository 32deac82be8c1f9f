/** One command on real data: load, read back and verify, use, and show. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.quickstart;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
