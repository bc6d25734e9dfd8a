/** What users do while things go wrong: they write, read on and on, and in the end read everything once more; all of it is recorded and judged. */
@NullMarked
package io.millrace.simulation.workload;

import org.jspecify.annotations.NullMarked;
