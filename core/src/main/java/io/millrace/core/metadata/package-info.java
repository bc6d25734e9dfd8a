/** The immutable picture of the cluster, and the records and deltas that it is made of. */
@NullMarked
package io.millrace.core.metadata;

import org.jspecify.annotations.NullMarked;
