/** What of a log may go, and the files that are gone from the log but not yet from the disk. */
@NullMarked
package io.millrace.broker.log.cleanup;

import org.jspecify.annotations.NullMarked;
