package io.millrace.core.statemachine;

/** Watches a log at work, for metrics and tests. Called on a thread of the log; must return quickly. */
public interface LogObserver {
    /** Watches nothing. */
    LogObserver NONE = (part, parts, changes, nanos) -> {};

    /**
     * A part of a decision is durable.
     *
     * @param part its number, from 1
     * @param parts of the whole decision; 1 when it was written atomically
     * @param changes in this part
     * @param nanos that the write took
     */
    void written(int part, int parts, int changes, long nanos);
}
