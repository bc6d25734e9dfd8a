/** Bugs planted in copies of the product, to prove that the simulation finds them. */
@NullMarked
package io.millrace.simulation.mutant;

import org.jspecify.annotations.NullMarked;
