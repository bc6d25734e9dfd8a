/** The real doors to the outside world: the machine's clock, threads, files and entropy. */
@NullMarked
package io.millrace.core.environment.live;

import org.jspecify.annotations.NullMarked;
