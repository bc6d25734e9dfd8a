/** What producers and consumers did to partitions and what they were told: recorded thinly, kept as text, judged by {@code check}. */
@NullMarked
package io.millrace.history;

import org.jspecify.annotations.NullMarked;
