/** The `millrace cluster` and `millrace broker` commands. */
@NullMarked
package io.millrace.cli.cluster;

import org.jspecify.annotations.NullMarked;
