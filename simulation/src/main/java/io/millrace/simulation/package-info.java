/** Runs of the simulation from the command line. */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
