/** One seed from beginning to end: a time of faults, a time to recover, and the judgement. */
@NullMarked
package io.millrace.simulation.run;

import org.jspecify.annotations.NullMarked;
