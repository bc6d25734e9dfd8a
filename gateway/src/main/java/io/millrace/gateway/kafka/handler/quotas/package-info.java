/** The APIs with which clients' quotas are set and told. */
@NullMarked
package io.millrace.gateway.kafka.handler.quotas;

import org.jspecify.annotations.NullMarked;
