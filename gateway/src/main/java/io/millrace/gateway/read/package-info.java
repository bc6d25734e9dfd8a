/** Reads records for clients that keep their own position: cursors, starting points, filters. */
@NullMarked
package io.millrace.gateway.read;

import org.jspecify.annotations.NullMarked;
