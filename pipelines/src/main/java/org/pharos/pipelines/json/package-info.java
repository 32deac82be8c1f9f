/** JSON as cells and rows of tables, for every type that a column can have. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
