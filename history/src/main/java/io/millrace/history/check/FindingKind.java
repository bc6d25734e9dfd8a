package io.millrace.history.check;

/** The ways in which a history shows that a log broke its promises. */
public enum FindingKind {
    /** An acknowledged durable write is not in the final read. */
    LOST_WRITE,
    /** A record that a poll returned is not in the final read. */
    VANISHED_RECORD,
    /** A value was read that nobody wrote to this partition, not yet, or only in attempts that certainly stored nothing. */
    NEVER_WRITTEN,
    /** A value lies at more offsets than its attempts allow. */
    DUPLICATE,
    /** Acknowledged writes of a producer that sends in order do not lie in that order. */
    REORDERED,
    /** One offset was seen with two values, by readers or in an acknowledgement. */
    TWO_VALUES,
    /** A poll returned offsets that do not rise, or lie below the one it asked for. */
    UNORDERED_POLL,
    /** A consumer asked from an offset below what it had been given already. */
    POSITION_WENT_BACK,
    /** A poll passed over an offset of which it was known before that a record is there. */
    MISSING_RECORD,
    /** A write that was invoked after a record was known lies below it. */
    BEHIND_THE_PAST
}
