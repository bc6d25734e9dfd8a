/** Wires internal gRPC into a process: its server, and how it finds the others. */
@NullMarked
package io.millrace.rpc.app;

import org.jspecify.annotations.NullMarked;
