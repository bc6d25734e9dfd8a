/** Which brokers live: leases that heartbeats renew, with the time as an argument. */
@NullMarked
package io.millrace.controller.liveness;

import org.jspecify.annotations.NullMarked;
