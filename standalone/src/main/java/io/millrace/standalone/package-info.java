/** One JVM with everything: gateway, broker, controller and an embedded ZooKeeper, with no network hop between them. */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
