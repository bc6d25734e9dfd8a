package io.millrace.history;

/** How a producer sends to one partition, which decides whether its acknowledged writes must lie there in the order of sending. */
public enum Sending {
    /** It waits for each answer before it sends the next, or its protocol keeps the order by sequence numbers. */
    IN_ORDER,
    /** Several writes are on their way at once, and any of them may be first. */
    PIPELINED
}
