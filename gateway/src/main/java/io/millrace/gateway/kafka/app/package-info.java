/** Wires the Kafka door with Spring. */
@NullMarked
package io.millrace.gateway.kafka.app;

import org.jspecify.annotations.NullMarked;
