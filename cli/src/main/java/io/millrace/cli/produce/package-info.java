/** `millrace produce`: records from a file or the standard input to a topic. */
@NullMarked
package io.millrace.cli.produce;

import org.jspecify.annotations.NullMarked;
