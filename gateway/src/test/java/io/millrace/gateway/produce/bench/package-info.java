/** Benchmarks of the way of records into batches. */
@NullMarked
package io.millrace.gateway.produce.bench;

import org.jspecify.annotations.NullMarked;
