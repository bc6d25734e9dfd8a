/** `millrace log`: a look into log files of a broker, without a server. */
@NullMarked
package io.millrace.cli.log;

import org.jspecify.annotations.NullMarked;
