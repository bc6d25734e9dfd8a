/** The `millrace partition` commands. */
@NullMarked
package io.millrace.cli.partition;

import org.jspecify.annotations.NullMarked;
