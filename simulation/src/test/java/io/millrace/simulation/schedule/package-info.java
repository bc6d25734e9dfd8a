/** Tests of virtual time. */
@NullMarked
package io.millrace.simulation.schedule;

import org.jspecify.annotations.NullMarked;
