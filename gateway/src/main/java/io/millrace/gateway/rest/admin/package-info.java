/** Clusters, brokers, topics, their configs and partitions as resources, in the shapes of Confluent's v3 API. */
@NullMarked
package io.millrace.gateway.rest.admin;

import org.jspecify.annotations.NullMarked;
