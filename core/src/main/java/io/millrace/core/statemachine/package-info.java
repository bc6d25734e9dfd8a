/** Replicated state machines: decide, write to a replicated log, then apply; and the log's port. */
@NullMarked
package io.millrace.core.statemachine;

import org.jspecify.annotations.NullMarked;
