/** `millrace bench`: bounded loads that report rates and latencies. */
@NullMarked
package io.millrace.cli.bench;

import org.jspecify.annotations.NullMarked;
