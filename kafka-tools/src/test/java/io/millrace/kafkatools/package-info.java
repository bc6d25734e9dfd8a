/** Apache Kafka's own command-line tools, which do here what they do there. */
@NullMarked
package io.millrace.kafkatools;

import org.jspecify.annotations.NullMarked;
