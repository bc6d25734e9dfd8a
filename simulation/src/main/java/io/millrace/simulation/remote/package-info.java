/** The interfaces between brokers, controllers and gateways, spoken over the simulated network as gRPC speaks them. */
@NullMarked
package io.millrace.simulation.remote;

import org.jspecify.annotations.NullMarked;
