/** All that one part of the platform may ask of another, and every way in which it may be refused. */
@NullMarked
package io.millrace.core.api;

import org.jspecify.annotations.NullMarked;
