/** Tests of the sessions between brokers. */
@NullMarked
package io.millrace.rpc.replica;

import org.jspecify.annotations.NullMarked;
