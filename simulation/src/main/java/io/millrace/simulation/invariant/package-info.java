/** What must hold at every moment of a run, seen by an onlooker who may look into disks, the store and brokers and changes nothing. */
@NullMarked
package io.millrace.simulation.invariant;

import org.jspecify.annotations.NullMarked;
