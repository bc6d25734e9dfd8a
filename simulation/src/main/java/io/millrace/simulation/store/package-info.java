/** A store as ZooKeeper is one, simulated, and the controllers' log on it: sessions, a latch, an epoch that fences. */
@NullMarked
package io.millrace.simulation.store;

import org.jspecify.annotations.NullMarked;
