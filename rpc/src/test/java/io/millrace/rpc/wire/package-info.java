/** Tests of the translation between the APIs of module core and the messages of the internal contract. */
@NullMarked
package io.millrace.rpc.wire;

import org.jspecify.annotations.NullMarked;
