/** A cluster of real processes on the loopback interface, and all that can be done to it. */
@NullMarked
package io.millrace.system.cluster;

import org.jspecify.annotations.NullMarked;
