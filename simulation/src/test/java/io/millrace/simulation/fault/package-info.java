/** What goes wrong is what was promised to be survived. */
@NullMarked
package io.millrace.simulation.fault;

import org.jspecify.annotations.NullMarked;
