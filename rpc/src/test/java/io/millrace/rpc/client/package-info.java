/** Tests of the clients against real servers in this process. */
@NullMarked
package io.millrace.rpc.client;

import org.jspecify.annotations.NullMarked;
