/** A page for people: charts as inline SVG and the HTML around them, in one file. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
