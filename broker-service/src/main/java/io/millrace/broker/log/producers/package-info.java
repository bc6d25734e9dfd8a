/** What a log knows of the idempotent producers that wrote it, so that each batch of theirs is in it once (KIP-98). */
@NullMarked
package io.millrace.broker.log.producers;

import org.jspecify.annotations.NullMarked;
