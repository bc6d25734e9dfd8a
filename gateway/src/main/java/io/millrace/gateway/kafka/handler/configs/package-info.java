/** The APIs of the Kafka protocol that tell and change configs. */
@NullMarked
package io.millrace.gateway.kafka.handler.configs;

import org.jspecify.annotations.NullMarked;
