/** One verdict on the cluster, with reasons that a person can act on. */
@NullMarked
package io.millrace.gateway.health;

import org.jspecify.annotations.NullMarked;
