/** What becomes of records that a disk has lost. */
@NullMarked
package io.millrace.simulation.damage;

import org.jspecify.annotations.NullMarked;
