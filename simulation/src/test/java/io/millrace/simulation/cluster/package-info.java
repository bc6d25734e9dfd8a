/** Runs of whole clusters under one seed, and that a seed decides everything. */
@NullMarked
package io.millrace.simulation.cluster;

import org.jspecify.annotations.NullMarked;
