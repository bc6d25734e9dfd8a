/** Where Kafka clients are told that brokers are. */
@NullMarked
package io.millrace.gateway.kafka.address;

import org.jspecify.annotations.NullMarked;
