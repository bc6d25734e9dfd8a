/** What log directories keep of themselves, and how it survives. */
@NullMarked
package io.millrace.broker.storage;

import org.jspecify.annotations.NullMarked;
