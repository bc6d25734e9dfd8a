/** How much clients may do, and for how long who did more has to wait: Kafka's quotas, without anything of its protocol. */
@NullMarked
package io.millrace.gateway.quota;

import org.jspecify.annotations.NullMarked;
