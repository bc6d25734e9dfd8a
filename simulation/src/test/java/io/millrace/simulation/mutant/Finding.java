package io.millrace.simulation.mutant;

import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.schedule.SimulationFailure;
import java.util.List;
import java.util.Objects;

/**
 * How a series of seeds ended.
 *
 * @param found whether its last seed failed
 * @param seeds how many were run, the one that failed included
 * @param seed the last one
 * @param by the check that failed, or nothing
 * @param what the check said, or nothing
 */
record Finding(boolean found, int seeds, long seed, String by, String what) {
    private static final String SEPARATOR = "\t";

    /** The last seed of the series did not hold. */
    static Finding of(RunResult failed, int seeds) {
        SimulationFailure failure = Objects.requireNonNull(failed.failure());
        return new Finding(true, seeds, failed.seed(), by(failure.cause()), oneLine(failure.toString()));
    }

    /** All seeds held. */
    static Finding none(long lastSeed, int seeds) {
        return new Finding(false, seeds, lastSeed, "", "");
    }

    /** Reads what {@link #asLine} has written. */
    static Finding parse(String line) {
        List<String> parts = List.of(line.split(SEPARATOR, -1));
        return new Finding(
                Boolean.parseBoolean(parts.get(0)),
                Integer.parseInt(parts.get(1)),
                Long.parseLong(parts.get(2)),
                parts.get(3),
                parts.get(4));
    }

    String asLine() {
        return String.join(SEPARATOR, Boolean.toString(found), Integer.toString(seeds), Long.toString(seed), by, what);
    }

    /** The kinds of findings in the history of users, else the place in the code that has thrown. */
    private static String by(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("invalid: {")) {
            return "history: "
                    + message.substring("invalid: {".length(), message.indexOf('}'))
                            .replaceAll("=\\d+", "");
        }
        StackTraceElement place = cause.getStackTrace()[0];
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (frame.getClassName().startsWith("io.millrace.")
                    && !frame.getClassName().endsWith(".Invariant")) {
                place = frame;
                break;
            }
        }
        String className = place.getClassName();
        return className.substring(className.lastIndexOf('.') + 1) + "."
                + place.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "$1");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
