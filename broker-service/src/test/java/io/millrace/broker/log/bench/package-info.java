/** How fast a log is on the machine's disk; run by hand with {@code ./millrace jmh broker-service}. */
@NullMarked
package io.millrace.broker.log.bench;

import org.jspecify.annotations.NullMarked;
