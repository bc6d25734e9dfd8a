/** What the front doors tell and change of partitions: their conditions, moves of replicas, and elections. */
@NullMarked
package io.millrace.gateway.partitions;

import org.jspecify.annotations.NullMarked;
