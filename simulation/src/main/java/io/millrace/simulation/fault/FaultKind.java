package io.millrace.simulation.fault;

/** What can go wrong. */
public enum FaultKind {
    /** A broker's process is killed (kill -9) and started again later. */
    BROKER_KILLED,
    /** A broker's machine loses power: of what was not synced any part is there afterwards. */
    BROKER_LOST_POWER,
    /** The same, right after one of its next operations on the disk. */
    BROKER_LOST_POWER_WHILE_WRITING,
    /** A broker's disk gets slow, so that much is not synced, and then it loses power. */
    BROKER_LOST_POWER_WITH_A_SLOW_DISK,
    /** All brokers lose power at once. */
    ALL_BROKERS_LOST_POWER,
    /** A broker's process stops (SIGSTOP) and goes on later. */
    BROKER_PAUSED,
    /** A broker is stopped in order and started again later. */
    BROKER_STOPPED,
    CONTROLLER_KILLED,
    CONTROLLER_PAUSED,
    /** A gateway is killed and started again later. */
    GATEWAY_KILLED,
    /** The store answers nobody for a while. */
    STORE_AWAY,
    /** The store ends a controller's session. */
    SESSION_EXPIRED,
    /** The store carries changes out and often does not say so. */
    STORE_ANSWERS_LOST,
    /** The store shows an epoch that may be over. */
    STORE_READS_STALE,
    /** Those who watch the store hear of changes much later. */
    STORE_NEWS_DELAYED,
    /** Nothing gets from one machine to another; the way back is open. */
    LINK_CUT_ONE_WAY,
    LINK_CUT,
    /** A machine is cut off from all others. */
    MACHINE_CUT_OFF,
    LINK_SLOW,
    /** Connections between two machines break: what was under way may have arrived, or not. */
    CONNECTIONS_RESET,
    /** Bits flip in some of the records that a broker sends to its followers. */
    SENT_RECORDS_DAMAGED,
    /** The next write to a log fails with EIO. */
    WRITE_ERROR,
    /** The next sync of a log fails with EIO, and drops what it should have synced. */
    SYNC_ERROR,
    /** The next read of a log fails with EIO. */
    READ_ERROR,
    DISK_FULL,
    DISK_SLOW,
    /** A bit of a log file changes. */
    BIT_FLIPPED,
    /** A broker comes back with an empty disk. */
    DISK_REPLACED,
    WALL_CLOCK_JUMPED,
    CLOCK_DRIFTS;

    /** Whether it takes from a disk what was written and not synced: what a page cache promises ends there. */
    public boolean takesWhatIsNotSynced() {
        return switch (this) {
            case BROKER_LOST_POWER,
                    BROKER_LOST_POWER_WHILE_WRITING,
                    BROKER_LOST_POWER_WITH_A_SLOW_DISK,
                    ALL_BROKERS_LOST_POWER,
                    SYNC_ERROR -> true;
            default -> false;
        };
    }

    /** Whether it destroys what was stored, so that only replicas elsewhere can make up for it. */
    public boolean destroys() {
        return this == BIT_FLIPPED || this == DISK_REPLACED;
    }
}
