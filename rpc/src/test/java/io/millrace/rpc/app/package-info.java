/** Tests of the wiring: defaults, and settings that are refused. */
@NullMarked
package io.millrace.rpc.app;

import org.jspecify.annotations.NullMarked;
