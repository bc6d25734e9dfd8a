/**
 * Keeps a history as text, so that a run that failed can be kept and judged again. One JSON object a line:
 *
 * <pre>
 * {"history":1}                                                       the version of this format
 * {"partition":0,"topic":"orders","number":3}
 * {"producer":0,"name":"p0","sending":"IN_ORDER","retrying":"IDEMPOTENT"}
 * {"consumer":0,"name":"c0"}
 * {"consumer":1,"name":"f0","finallyReads":0,"reachedLogEnd":120}     reachedLogEnd only where the reader said so
 * {"write":0,"producer":0,"partition":0,"promise":"DURABLE","attempts":1,"invoked":5,"ended":9,"outcome":"OK","offset":0}
 * {"write":1,"producer":0,"partition":0,"promise":"DURABLE","attempts":2,"invoked":9}     never ended
 * {"poll":0,"consumer":0,"partition":0,"from":0,"invoked":4,"ended":12,"records":[0,0,1,7]}     offset, value, offset, value
 * {"poll":1,"consumer":0,"partition":0,"from":2,"invoked":13,"ended":14}     failed
 * {"writes":2,"polls":2}                                              the last line: without it the text was cut off
 * </pre>
 *
 * Ids count up from 0 in each sort of line, and a write's id is its value. Times are nanoseconds. An offset is left out where an
 * acknowledgement had none. What a line names was named by a line above it. Nothing else is legal: unknown keys are refused.
 */
@NullMarked
package io.millrace.history.text;

import org.jspecify.annotations.NullMarked;
