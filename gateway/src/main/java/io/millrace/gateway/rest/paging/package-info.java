/** Lists in Confluent's envelope, cut into pages. */
@NullMarked
package io.millrace.gateway.rest.paging;

import org.jspecify.annotations.NullMarked;
