/** The log of one partition: segments in a directory, what of them is durable, and its recovery after any crash. */
@NullMarked
package io.millrace.broker.log;

import org.jspecify.annotations.NullMarked;
