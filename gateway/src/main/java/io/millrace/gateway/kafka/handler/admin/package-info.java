/** What operators ask about topics, partitions and replicas: a class for each API of the Kafka protocol. */
@NullMarked
package io.millrace.gateway.kafka.handler.admin;

import org.jspecify.annotations.NullMarked;
