/** `millrace consume`: records of topics to the standard output. */
@NullMarked
package io.millrace.cli.consume;

import org.jspecify.annotations.NullMarked;
