package io.millrace.controller.app;

/**
 * The port on which this process serves other processes: a bean of whoever serves them, made once it listens. Without such
 * a bean the controller serves its own process only.
 */
@FunctionalInterface
public interface ListeningPort {
    /** The port that is bound. */
    int number();
}
