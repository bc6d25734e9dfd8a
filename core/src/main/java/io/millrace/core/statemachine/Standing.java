package io.millrace.core.statemachine;

/**
 * How a process stands to the lead of its log, as far as it knows.
 *
 * <pre>
 *   Unknown --+--&gt; Leading ---- lost ----&gt; Suspended
 *             |      ^   ^                   |   |
 *             v      |   +------ again ------+   | another one leads
 *           Following &lt;------------------------+
 * </pre>
 */
public sealed interface Standing {
    /** Nobody is known to lead. */
    record Unknown() implements Standing {}

    /** This process leads. */
    record Leading(LogMember self, int epoch) implements Standing {}

    /**
     * This process led under the epoch, has lost the lead, and has heard of nobody who leads after it. Others may lead
     * already.
     */
    record Suspended(LogMember self, int epoch) implements Standing {}

    /** Another process led when this one last heard. */
    record Following(LogMember leader, int epoch) implements Standing {}
}
