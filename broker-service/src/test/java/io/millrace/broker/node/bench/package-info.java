/** Benchmarks of the broker as a whole, run by hand. */
@NullMarked
package io.millrace.broker.node.bench;

import org.jspecify.annotations.NullMarked;
