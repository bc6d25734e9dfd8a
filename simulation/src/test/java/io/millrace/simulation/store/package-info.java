/** Tests of the simulated store: it keeps the contract of every replicated log. */
@NullMarked
package io.millrace.simulation.store;

import org.jspecify.annotations.NullMarked;
