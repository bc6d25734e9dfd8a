/** A gateway in memory that speaks millrace.v1, for tests of the commands. */
@NullMarked
package io.millrace.cli.gateway;

import org.jspecify.annotations.NullMarked;
