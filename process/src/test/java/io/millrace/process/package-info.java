@NullMarked
package io.millrace.process;

import org.jspecify.annotations.NullMarked;
