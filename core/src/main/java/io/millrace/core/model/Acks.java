package io.millrace.core.model;

/** How much must have happened to an append before it is answered. */
public enum Acks {
    /** Nothing: the answer only says that the leader took the batch in. */
    NONE,
    /** The leader has it durably, by the durability of the topic. */
    LEADER,
    /** Every in-sync replica has it durably, and there are at least min.insync.replicas of them. */
    ALL
}
