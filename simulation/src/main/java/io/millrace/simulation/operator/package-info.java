/** An operator who changes a cluster while it is in use and while things go wrong. */
@NullMarked
package io.millrace.simulation.operator;

import org.jspecify.annotations.NullMarked;
