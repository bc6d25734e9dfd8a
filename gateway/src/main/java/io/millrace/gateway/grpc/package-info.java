/** The gRPC front door: translates the calls of millrace.v1 to the gateway's own terms and back, without blocking. */
@NullMarked
package io.millrace.gateway.grpc;

import org.jspecify.annotations.NullMarked;
