/** Which of Kafka's configs there are here, what holds, and why the others are refused. */
@NullMarked
package io.millrace.gateway.kafka.configs;

import org.jspecify.annotations.NullMarked;
