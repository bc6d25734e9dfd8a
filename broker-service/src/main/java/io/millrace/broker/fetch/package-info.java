/** Takes fetch requests apart, lets them wait at their partitions, and shares an answer's bytes out among them. */
@NullMarked
package io.millrace.broker.fetch;

import org.jspecify.annotations.NullMarked;
