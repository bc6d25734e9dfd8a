/** A controller process: the state machine on its log, with the clock that ticks and the watchers that look on. */
@NullMarked
package io.millrace.controller.node;

import org.jspecify.annotations.NullMarked;
