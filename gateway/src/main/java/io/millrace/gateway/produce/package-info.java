/** Turns records into batches: chooses partitions, gathers records across requests, appends, and tells each record's fate. */
@NullMarked
package io.millrace.gateway.produce;

import org.jspecify.annotations.NullMarked;
