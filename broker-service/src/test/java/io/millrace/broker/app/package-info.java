@NullMarked
package io.millrace.broker.app;

import org.jspecify.annotations.NullMarked;
