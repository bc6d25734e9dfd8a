/** The cluster's verdict on itself over REST. */
@NullMarked
package io.millrace.gateway.rest.health;

import org.jspecify.annotations.NullMarked;
