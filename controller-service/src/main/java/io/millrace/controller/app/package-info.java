/** Wires a controller process: properties, threads, the ZooKeeper client, metrics. */
@NullMarked
package io.millrace.controller.app;

import org.jspecify.annotations.NullMarked;
