package io.millrace.cli;

import io.millrace.cli.session.Io;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process: its arguments and streams in, its exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Libraries log what the command itself says better.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(Millrace.run(Io.ofProcess(), arguments));
    }
}
