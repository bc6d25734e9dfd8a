/** A program that is run with each release of Kafka's own client, so it uses nothing that any of them lacks. */
@NullMarked
package io.millrace.system.kafka.program;

import org.jspecify.annotations.NullMarked;
