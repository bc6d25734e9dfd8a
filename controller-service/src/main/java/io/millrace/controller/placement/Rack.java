package io.millrace.controller.placement;

/** The brokers of one rack while placement goes on. For one thread. */
final class Rack {
    int brokers;
    int topicReplicas;

    /** Replicas of the partition that is being placed. */
    int chosen;

    void add(PlacementCandidate candidate) {
        brokers++;
        topicReplicas += candidate.ofTopic().replicas();
    }

    /** Compares what each broker would hold on average with one replica more; negative when this rack has more room. */
    int compareFilling(Rack other) {
        return Long.compare((topicReplicas + 1L) * other.brokers, (other.topicReplicas + 1L) * brokers);
    }
}
