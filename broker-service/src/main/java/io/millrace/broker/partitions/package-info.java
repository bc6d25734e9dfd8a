/** This broker's partitions: opened, led, resigned and deleted as the cluster picture says. */
@NullMarked
package io.millrace.broker.partitions;

import org.jspecify.annotations.NullMarked;
