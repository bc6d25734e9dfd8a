package io.millrace.system.nemesis;

/** What can go wrong. The weights say how often, relative to each other. */
enum FaultKind {
    BROKER_KILLED(6),
    BROKER_PAUSED(4),
    BROKER_STOPPED(3),
    ALL_BROKERS_KILLED(1),
    CONTROLLER_KILLED(2),
    CONTROLLER_PAUSED(1),
    CONTROLLER_STOPPED(1),
    GATEWAY_KILLED(2),
    ZOOKEEPER_KILLED(1),
    ZOOKEEPER_PAUSED(1),
    LINK_CUT(4),
    LINK_SILENT(3),
    LINK_SILENT_ONE_WAY(3),
    LINK_SLOW(2);

    private final int weight;

    FaultKind(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
