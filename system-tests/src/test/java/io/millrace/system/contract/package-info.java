/** One example of everything that can be asked of a gateway, and how two answers are compared. */
@NullMarked
package io.millrace.system.contract;

import org.jspecify.annotations.NullMarked;
