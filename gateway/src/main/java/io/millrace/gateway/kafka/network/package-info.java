/** Connections of Kafka clients: the threads, the sockets, frames in and replies out. Knows nothing of what is in a frame. */
@NullMarked
package io.millrace.gateway.kafka.network;

import org.jspecify.annotations.NullMarked;
