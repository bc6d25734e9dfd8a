/** The `millrace` command: its tree of commands and its main. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
