/** The `millrace topic` commands. */
@NullMarked
package io.millrace.cli.topic;

import org.jspecify.annotations.NullMarked;
