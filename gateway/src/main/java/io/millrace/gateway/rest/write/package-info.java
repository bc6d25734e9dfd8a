/** Writing records over REST: one, a batch, a stream with reports, or a line each. */
@NullMarked
package io.millrace.gateway.rest.write;

import org.jspecify.annotations.NullMarked;
