/** Takes append requests apart, brings each part to its partition, and gathers the answers. */
@NullMarked
package io.millrace.broker.append;

import org.jspecify.annotations.NullMarked;
