/** Requests and replies of the Kafka protocol as bytes; its messages are those of kafka-clients. */
@NullMarked
package io.millrace.gateway.kafka.wire;

import org.jspecify.annotations.NullMarked;
