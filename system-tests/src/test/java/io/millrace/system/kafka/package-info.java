/** Kafka clients that others wrote, each in processes of its own, and what they have to write and to read. */
@NullMarked
package io.millrace.system.kafka;

import org.jspecify.annotations.NullMarked;
