/** How a Millrace process starts, is watched and stops. */
@NullMarked
package io.millrace.process;

import org.jspecify.annotations.NullMarked;
