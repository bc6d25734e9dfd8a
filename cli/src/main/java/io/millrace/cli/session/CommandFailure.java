package io.millrace.cli.session;

import java.io.Serial;

/** The command cannot do what it was asked: one sentence for the person who asked, with a next step, and the exit code. */
public final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandFailure(ExitCode exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    public static CommandFailure failed(String sentence) {
        return new CommandFailure(ExitCode.FAILED, sentence);
    }

    public static CommandFailure usage(String sentence) {
        return new CommandFailure(ExitCode.USAGE, sentence);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** The whole sentence; never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
