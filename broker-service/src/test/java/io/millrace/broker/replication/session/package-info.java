@NullMarked
package io.millrace.broker.replication.session;

import org.jspecify.annotations.NullMarked;
