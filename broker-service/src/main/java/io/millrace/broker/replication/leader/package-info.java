/** The mind of a partition's leader: which appends to take, what is committed, and when to acknowledge. */
@NullMarked
package io.millrace.broker.replication.leader;

import org.jspecify.annotations.NullMarked;
