/** Limits on what one process holds in memory: back-pressure first, then a clear refusal. */
@NullMarked
package io.millrace.core.limits;

import org.jspecify.annotations.NullMarked;
