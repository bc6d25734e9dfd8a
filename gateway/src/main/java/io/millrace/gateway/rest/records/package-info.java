/** Records as JSON, in both directions, without a change to what JSON values say. */
@NullMarked
package io.millrace.gateway.rest.records;

import org.jspecify.annotations.NullMarked;
