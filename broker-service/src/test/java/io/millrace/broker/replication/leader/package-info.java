@NullMarked
package io.millrace.broker.replication.leader;

import org.jspecify.annotations.NullMarked;
