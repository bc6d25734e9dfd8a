/** Runs of one seed, and that a seed decides everything. */
@NullMarked
package io.millrace.simulation.run;

import org.jspecify.annotations.NullMarked;
