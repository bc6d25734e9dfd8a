/** A network between simulated processes: messages take time, links are cut one way or both, connections break. */
@NullMarked
package io.millrace.simulation.network;

import org.jspecify.annotations.NullMarked;
