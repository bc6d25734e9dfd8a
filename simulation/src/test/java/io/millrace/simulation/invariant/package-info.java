/** That what must hold is really demanded: each demand is broken on purpose. */
@NullMarked
package io.millrace.simulation.invariant;

import org.jspecify.annotations.NullMarked;
