/** Sends what the gateway asks of the brokers to those that lead the partitions, each over a connection of its own. */
@NullMarked
package io.millrace.gateway.remote;

import org.jspecify.annotations.NullMarked;
