/** How fast the hops between processes are. */
@NullMarked
package io.millrace.rpc.bench;

import org.jspecify.annotations.NullMarked;
