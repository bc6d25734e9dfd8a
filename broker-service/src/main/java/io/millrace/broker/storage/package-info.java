/** The log directories of a broker: whose they are, what lies in them, how they are synced, and how they fail. */
@NullMarked
package io.millrace.broker.storage;

import org.jspecify.annotations.NullMarked;
