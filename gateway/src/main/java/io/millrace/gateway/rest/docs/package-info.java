/** The REST contract, and a page to read it and try it. */
@NullMarked
package io.millrace.gateway.rest.docs;

import org.jspecify.annotations.NullMarked;
