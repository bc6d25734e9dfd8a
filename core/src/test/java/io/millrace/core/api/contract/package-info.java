/** What every implementation of an API between the parts must hold, as suites that each of them runs. */
@NullMarked
package io.millrace.core.api.contract;

import org.jspecify.annotations.NullMarked;
