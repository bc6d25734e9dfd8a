/** Proof that logs keep what they acknowledged, whatever happens to the disk. */
@NullMarked
package io.millrace.broker.log;

import org.jspecify.annotations.NullMarked;
