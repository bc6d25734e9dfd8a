/** Twins of the doors to the outside that a test moves by hand, so that every run is the same. */
@NullMarked
package io.millrace.core.environment.simulated;

import org.jspecify.annotations.NullMarked;
