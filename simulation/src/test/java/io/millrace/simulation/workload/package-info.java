/** Users record what they were told, and nothing else. */
@NullMarked
package io.millrace.simulation.workload;

import org.jspecify.annotations.NullMarked;
