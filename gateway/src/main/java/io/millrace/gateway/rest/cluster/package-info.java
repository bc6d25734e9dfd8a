/** The cluster a path names. */
@NullMarked
package io.millrace.gateway.rest.cluster;

import org.jspecify.annotations.NullMarked;
