/** Query parameters, read strictly. */
@NullMarked
package io.millrace.gateway.rest.query;

import org.jspecify.annotations.NullMarked;
