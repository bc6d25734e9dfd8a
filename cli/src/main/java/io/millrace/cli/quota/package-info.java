/** The `millrace quota` commands. */
@NullMarked
package io.millrace.cli.quota;

import org.jspecify.annotations.NullMarked;
