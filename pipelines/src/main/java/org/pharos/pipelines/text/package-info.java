/** Words and their frequencies from the documents of a table. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
