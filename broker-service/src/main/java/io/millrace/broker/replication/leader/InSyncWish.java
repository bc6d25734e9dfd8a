package io.millrace.broker.replication.leader;

import io.millrace.core.api.AlterPartitionsRequest.Member;
import java.util.List;

/**
 * A leader's wish to change the in-sync set.
 *
 * @param partitionEpoch of the record that it is based on
 * @param inSync the whole new set
 * @param highWatermark what every member holds at least
 */
public record InSyncWish(int leaderEpoch, int partitionEpoch, List<Member> inSync, long highWatermark) {
    public InSyncWish {
        inSync = List.copyOf(inSync);
    }
}
