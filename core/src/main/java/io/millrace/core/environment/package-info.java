/** The only doors from the domain to the outside world: time, event loops, disks and randomness. */
@NullMarked
package io.millrace.core.environment;

import org.jspecify.annotations.NullMarked;
