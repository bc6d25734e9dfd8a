/** Proof of the epoch history and its file. */
@NullMarked
package io.millrace.broker.log.epochs;

import org.jspecify.annotations.NullMarked;
