/** What every command works with: the options that hold for all, the process's streams, the connection, and how a command fails. */
@NullMarked
package io.millrace.cli.session;

import org.jspecify.annotations.NullMarked;
