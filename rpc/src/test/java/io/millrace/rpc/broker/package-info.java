/** A broker in another process, asked through a client as if it were in this one. */
@NullMarked
package io.millrace.rpc.broker;

import org.jspecify.annotations.NullMarked;
