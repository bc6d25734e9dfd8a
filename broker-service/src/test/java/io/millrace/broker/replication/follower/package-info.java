@NullMarked
package io.millrace.broker.replication.follower;

import org.jspecify.annotations.NullMarked;
