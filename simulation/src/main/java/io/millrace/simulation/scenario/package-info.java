/** What each seed is about: how large a cluster, which topics, who uses and who changes it, and what goes wrong. */
@NullMarked
package io.millrace.simulation.scenario;

import org.jspecify.annotations.NullMarked;
