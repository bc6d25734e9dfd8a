package io.millrace.cli.session;

/** What the process ends with; scripts rely on these numbers. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    CONFLICT(4),
    DENIED(5),
    UNAVAILABLE(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
