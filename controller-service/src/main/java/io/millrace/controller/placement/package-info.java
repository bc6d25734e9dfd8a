/** Chooses the brokers that hold the replicas of new partitions. */
@NullMarked
package io.millrace.controller.placement;

import org.jspecify.annotations.NullMarked;
