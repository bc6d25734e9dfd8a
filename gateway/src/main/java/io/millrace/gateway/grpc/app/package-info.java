/** Wires the gRPC front door for a process: server, limits, metrics. */
@NullMarked
package io.millrace.gateway.grpc.app;

import org.jspecify.annotations.NullMarked;
