/** Translates between the APIs of module core and the messages of the internal gRPC contract. */
@NullMarked
package io.millrace.rpc.wire;

import org.jspecify.annotations.NullMarked;
