/** The format language that says how records look as bytes, for reading and for writing. */
@NullMarked
package io.millrace.cli.format;

import org.jspecify.annotations.NullMarked;
