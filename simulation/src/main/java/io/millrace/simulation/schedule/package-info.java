/** Virtual time: one thread that runs the tasks of all machines in an order that a seed decides. */
@NullMarked
package io.millrace.simulation.schedule;

import org.jspecify.annotations.NullMarked;
