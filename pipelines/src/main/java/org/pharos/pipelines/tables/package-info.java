/** Pipelines for any table, whatever it holds. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.tables;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
