/** Asks brokers and controllers in other processes, as if they were in this one. */
@NullMarked
package io.millrace.rpc.client;

import org.jspecify.annotations.NullMarked;
