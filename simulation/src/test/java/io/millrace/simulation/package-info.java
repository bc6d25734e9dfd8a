/** What holds for the simulation as a whole. */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
