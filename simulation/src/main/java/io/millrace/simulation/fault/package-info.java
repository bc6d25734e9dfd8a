/** What goes wrong, and when: a plan that the seed makes. */
@NullMarked
package io.millrace.simulation.fault;

import org.jspecify.annotations.NullMarked;
