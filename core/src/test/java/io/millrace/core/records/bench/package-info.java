/** Measures how fast record batches are built, checked and read; run by hand, never by the build. */
@NullMarked
package io.millrace.core.records.bench;

import org.jspecify.annotations.NullMarked;
