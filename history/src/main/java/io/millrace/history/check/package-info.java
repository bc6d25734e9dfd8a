/** Judges a history: could a partitioned log that keeps its promises have shown it? Each rule is a class of its own. */
@NullMarked
package io.millrace.history.check;

import org.jspecify.annotations.NullMarked;
