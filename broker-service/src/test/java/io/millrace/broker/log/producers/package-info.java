/** Tests of what a log knows of its producers. */
@NullMarked
package io.millrace.broker.log.producers;

import org.jspecify.annotations.NullMarked;
