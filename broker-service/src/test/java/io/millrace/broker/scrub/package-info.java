/** Proof that everything is looked at, and no faster than is allowed. */
@NullMarked
package io.millrace.broker.scrub;

import org.jspecify.annotations.NullMarked;
