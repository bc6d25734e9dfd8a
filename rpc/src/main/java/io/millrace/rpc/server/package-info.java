/** Answers other processes on behalf of the broker or the controller in this one. */
@NullMarked
package io.millrace.rpc.server;

import org.jspecify.annotations.NullMarked;
