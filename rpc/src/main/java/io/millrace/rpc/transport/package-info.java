/** What every gRPC server and client of the platform stands on: threads and connections. */
@NullMarked
package io.millrace.rpc.transport;

import org.jspecify.annotations.NullMarked;
