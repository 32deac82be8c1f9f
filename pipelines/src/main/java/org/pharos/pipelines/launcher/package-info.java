/** The command line: the catalog of pipelines and what is done with them. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.launcher;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
