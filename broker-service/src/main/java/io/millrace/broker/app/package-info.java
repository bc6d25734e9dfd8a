/** Starts a broker in a process: properties, threads, meters and log lines. */
@NullMarked
package io.millrace.broker.app;

import org.jspecify.annotations.NullMarked;
