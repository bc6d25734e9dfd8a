/** Proof of the indexes of a segment. */
@NullMarked
package io.millrace.broker.log.segment;

import org.jspecify.annotations.NullMarked;
