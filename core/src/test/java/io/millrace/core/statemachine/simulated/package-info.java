/** Replicated logs in memory, which a test interrupts where it wants. */
@NullMarked
package io.millrace.core.statemachine.simulated;

import org.jspecify.annotations.NullMarked;
