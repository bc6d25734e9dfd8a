/** What every replicated log must hold, as a suite that each implementation runs. */
@NullMarked
package io.millrace.core.statemachine.contract;

import org.jspecify.annotations.NullMarked;
