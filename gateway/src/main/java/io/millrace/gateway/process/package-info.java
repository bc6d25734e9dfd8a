/** The gateway as a process of its own. */
@NullMarked
package io.millrace.gateway.process;

import org.jspecify.annotations.NullMarked;
