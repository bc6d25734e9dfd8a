/** The gateway's picture of the cluster, the choice of partitions, and topic changes that wait until the picture shows them. */
@NullMarked
package io.millrace.gateway.routing;

import org.jspecify.annotations.NullMarked;
