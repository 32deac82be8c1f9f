/** Feature rows from the events of a table. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.features;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
