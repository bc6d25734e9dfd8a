/** Reading records over REST: a page of JSON, or an endless stream of events or lines. */
@NullMarked
package io.millrace.gateway.rest.read;

import org.jspecify.annotations.NullMarked;
