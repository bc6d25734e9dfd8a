/** Whole clusters of the product's brokers, controllers and gateways, each on a simulated machine of its own. */
@NullMarked
package io.millrace.simulation.cluster;

import org.jspecify.annotations.NullMarked;
