/** Pipelines over streams of events, and what becomes of messages that are none. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
