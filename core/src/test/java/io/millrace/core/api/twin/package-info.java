/** Hand-written twins of the APIs between the parts, for tests of the part on the other side. */
@NullMarked
package io.millrace.core.api.twin;

import org.jspecify.annotations.NullMarked;
