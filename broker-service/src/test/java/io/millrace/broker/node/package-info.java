@NullMarked
package io.millrace.broker.node;

import org.jspecify.annotations.NullMarked;
