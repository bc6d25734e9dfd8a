/** Which leader epoch began at which offset (KIP-101). */
@NullMarked
package io.millrace.broker.log.epochs;

import org.jspecify.annotations.NullMarked;
