/** Tests of the simulated network. */
@NullMarked
package io.millrace.simulation.network;

import org.jspecify.annotations.NullMarked;
