/** What a refusal is called outside, the same through every front door: Kafka's error names and numbers, and when to retry. */
@NullMarked
package io.millrace.gateway.errors;

import org.jspecify.annotations.NullMarked;
