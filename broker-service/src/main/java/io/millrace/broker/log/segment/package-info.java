/** One segment of a log: its batches, and the two indexes that find offsets and timestamps in it. */
@NullMarked
package io.millrace.broker.log.segment;

import org.jspecify.annotations.NullMarked;
