/** Wires the gateway's domain for a process: threads, properties, metrics. */
@NullMarked
package io.millrace.gateway.app;

import org.jspecify.annotations.NullMarked;
