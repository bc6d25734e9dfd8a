/** A class for each API of the Kafka protocol, and the table of them from which everything else is derived. */
@NullMarked
package io.millrace.gateway.kafka.handler;

import org.jspecify.annotations.NullMarked;
