package io.millrace.simulation.schedule;

/** What comes of things that go wrong: a fault that hits nothing proves nothing, so that it is these that a run counts. */
public enum Effect {
    /** A call whose answer did not come: it may have been carried out. */
    CALL_OF_UNKNOWN_FATE,
    /** A message that a cut held up. */
    MESSAGE_HELD_UP,
    /** A message that came to an end of a connection that had broken. */
    MESSAGE_LOST,
    CONNECTION_BROKEN,
    /** Bits flipped in records that a leader sent to a follower. */
    RECORDS_DAMAGED_ON_THE_WAY,
    /** A producer sent again what may have been stored. */
    WRITE_REPEATED,
    /** A producer sent again, with its sequence number, what may have been stored. */
    IDEMPOTENT_WRITE_REPEATED,
    /** The store carried something out and did not say so. */
    STORE_ANSWER_WITHHELD,
    /** The store showed an epoch that was over. */
    STORE_EPOCH_SHOWN_LATE,
    /** Those who watch the store heard of a change so late that they had asked before. */
    STORE_NEWS_LATE,
    STORE_SESSION_OVER,
    /** A controller began to decide. */
    CONTROLLER_EPOCH_BEGUN,
    LEADER_ELECTED,
    IN_SYNC_SET_CHANGED,
    /** A broker gave its disk up after an error. */
    DIRECTORY_GIVEN_UP,
    /** A bit of a log that had lain there for a while. */
    BIT_FLIPPED_AT_REST,
    /** A log was found torn at a start, and cut. */
    TORN_LOG_CUT,
    /** A replica cut off what its leader did not have. */
    DIVERGENT_LOG_CUT,
    /** A replica could not prove that it held what was counted on. */
    REPLICA_WITHDRAWN,
    /** An operator's wish that was granted. */
    REPLICAS_MOVED,
    MOVE_CANCELLED,
    LEADERS_GIVEN_BACK,
    TOPIC_CREATED,
    TOPIC_DELETED,
    CONFIG_CHANGED
}
