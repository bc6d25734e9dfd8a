/** Answers as a table for people, or as JSON or YAML for programs. */
@NullMarked
package io.millrace.cli.output;

import org.jspecify.annotations.NullMarked;
