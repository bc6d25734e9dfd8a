/** What a Millrace cluster promises, proved on real processes from outside. */
@NullMarked
package io.millrace.system;

import org.jspecify.annotations.NullMarked;
