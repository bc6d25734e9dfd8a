package io.millrace.core.api;

import io.millrace.core.model.TopicId;
import java.util.List;

/**
 * A leader's wish to change in-sync sets (KIP-497). What becomes of it shows in the picture; a leader acts on nothing else.
 *
 * @param brokerId of the leader
 * @param brokerEpoch of its registration; an earlier one is refused
 */
public record AlterPartitionsRequest(int brokerId, long brokerEpoch, List<Part> parts) {
    public AlterPartitionsRequest {
        parts = List.copyOf(parts);
    }

    /**
     * The wish for one partition.
     *
     * @param leaderEpoch under which the sender leads
     * @param partitionEpoch of the record that the wish is based on; any other is refused
     * @param inSync the whole new set, the leader among it
     * @param highWatermark of the leader now: what every member of the new set holds at least
     */
    public record Part(
            TopicId topicId,
            int partition,
            int leaderEpoch,
            int partitionEpoch,
            List<Member> inSync,
            long highWatermark) {
        public Part {
            inSync = List.copyOf(inSync);
        }
    }

    /**
     * A replica that shall be in sync.
     *
     * @param brokerEpoch of the incarnation that has caught up: another one proves nothing (KIP-903)
     */
    public record Member(int brokerId, long brokerEpoch) {}
}
