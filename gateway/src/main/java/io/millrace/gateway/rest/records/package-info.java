/** Records over REST: written one by one, as streams or as lines, and read as JSON, NDJSON or server-sent events. */
@NullMarked
package io.millrace.gateway.rest.records;

import org.jspecify.annotations.NullMarked;
