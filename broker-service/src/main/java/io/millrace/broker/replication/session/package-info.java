/** The leader's end of the sessions in which followers pull: who may open one, what is answered, and how much at a time. */
@NullMarked
package io.millrace.broker.replication.session;

import org.jspecify.annotations.NullMarked;
