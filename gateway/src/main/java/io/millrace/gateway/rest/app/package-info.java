/** Wires the REST door: properties, the servlet container, the controllers. */
@NullMarked
package io.millrace.gateway.rest.app;

import org.jspecify.annotations.NullMarked;
