/** The controller's memory in ZooKeeper: records as znodes that a person can read, written by one fenced leader. */
@NullMarked
package io.millrace.controller.zookeeper;

import org.jspecify.annotations.NullMarked;
