/** What fuzz tests of all modules ask of the code under test, whatever its input. */
@NullMarked
package io.millrace.core.fuzz;

import org.jspecify.annotations.NullMarked;
