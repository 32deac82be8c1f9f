/** Text files inside jars and zips, as data sets that come as Maven artifacts have them. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.archive;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
