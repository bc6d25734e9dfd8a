/** A produce stream kept full within the credit that the gateway gives. */
@NullMarked
package io.millrace.cli.stream;

import org.jspecify.annotations.NullMarked;
