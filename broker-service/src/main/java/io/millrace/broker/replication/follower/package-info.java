/** The follower of a partition: how its log becomes its leader's, and the sessions through which it hears of that. */
@NullMarked
package io.millrace.broker.replication.follower;

import org.jspecify.annotations.NullMarked;
