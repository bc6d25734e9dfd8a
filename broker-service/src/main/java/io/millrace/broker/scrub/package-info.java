/** Reads all that a broker holds, slowly and again and again, because a medium does not tell what it has lost until asked. */
@NullMarked
package io.millrace.broker.scrub;

import org.jspecify.annotations.NullMarked;
