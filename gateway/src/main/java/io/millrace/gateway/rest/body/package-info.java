/** Reads JSON request bodies within a limit. */
@NullMarked
package io.millrace.gateway.rest.body;

import org.jspecify.annotations.NullMarked;
