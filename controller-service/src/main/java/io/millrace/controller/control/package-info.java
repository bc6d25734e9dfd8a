/** The controller's mind: what the cluster looks like, and what each command changes about it. */
@NullMarked
package io.millrace.controller.control;

import org.jspecify.annotations.NullMarked;
