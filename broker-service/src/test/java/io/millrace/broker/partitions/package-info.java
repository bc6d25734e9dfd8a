/** Tests of a broker's partitions. */
@NullMarked
package io.millrace.broker.partitions;

import org.jspecify.annotations.NullMarked;
