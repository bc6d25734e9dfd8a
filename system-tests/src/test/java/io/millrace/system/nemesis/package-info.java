/** Whatever goes wrong in a cluster of processes, by chance and a seed. */
@NullMarked
package io.millrace.system.nemesis;

import org.jspecify.annotations.NullMarked;
