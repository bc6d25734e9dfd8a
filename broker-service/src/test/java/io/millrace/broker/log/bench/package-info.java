/** How fast a log is on the machine's disk; run by hand with {@code mvn -pl broker-service test-compile exec:exec}. */
@NullMarked
package io.millrace.broker.log.bench;

import org.jspecify.annotations.NullMarked;
