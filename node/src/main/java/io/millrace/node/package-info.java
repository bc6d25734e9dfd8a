/** A broker and a gateway in one process. */
@NullMarked
package io.millrace.node;

import org.jspecify.annotations.NullMarked;
