/** Values that every part of the platform names things with; no behaviour beyond their own validity. */
@NullMarked
package io.millrace.core.model;

import org.jspecify.annotations.NullMarked;
