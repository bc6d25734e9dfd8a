/** Everything that can go wrong at the REST door, as one error body for RFC 9457 and Confluent clients alike. */
@NullMarked
package io.millrace.gateway.rest.problem;

import org.jspecify.annotations.NullMarked;
