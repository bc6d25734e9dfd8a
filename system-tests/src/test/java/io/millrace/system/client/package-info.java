/** Clients as users have them: HTTP, gRPC through generated stubs, the command line; and a load that remembers what it was promised. */
@NullMarked
package io.millrace.system.client;

import org.jspecify.annotations.NullMarked;
