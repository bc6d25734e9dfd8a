/** Tests of how a controller is served, without a network. */
@NullMarked
package io.millrace.rpc.server;

import org.jspecify.annotations.NullMarked;
