package io.millrace.simulation.workload;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.schedule.Chance;
import java.time.Duration;
import java.util.List;

/** Reads one partition from its beginning to the end that the cluster names, when nothing is written any more. */
final class FinalRead {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Users users;
    private final SimClient client;
    private final TopicPartition partition;
    private final Chance chance;
    private boolean begun;
    private boolean done;

    FinalRead(Users users, SimClient client, TopicPartition partition) {
        this.users = users;
        this.client = client;
        this.partition = partition;
        this.chance = client.chance("final read of " + partition);
    }

    boolean isDone() {
        return done;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Begins, unless it has begun. */
    void begin() {
        if (!begun) {
            begun = true;
            client.loop().post(this::findEnd);
        }
    }

    /** Asks where the log ends, as often as it takes, and reads up to there. */
    private void findEnd() {
        ListOffsetsRequest request = new ListOffsetsRequest(
                List.of(new ListOffsetsRequest.Part(
                        partition, AppendRequest.ANY_EPOCH, new ListOffsetsRequest.Target.Latest())),
                IsolationLevel.READ_UNCOMMITTED);
        var _ = users.brokers(client, chance)
                .listOffsets(request)
                .thenAccept(outcomes -> found(outcomes.getFirst()))
                .exceptionally(users::fail);
    }

    private void found(Outcome<FoundOffset> outcome) {
        if (outcome instanceof Outcome.Done<FoundOffset>(FoundOffset found)) {
            readUpTo(found.offset());
        } else {
            client.loop().schedule(RETRY, this::findEnd);
        }
    }

    private void readUpTo(long end) {
        int id = users.recorder().finalReader("final reader of " + partition, users.idOf(partition));
        ConsumerActor.AfterPoll atTheEnd = position -> {
            if (position >= end) {
                users.recorder().reachedLogEnd(id, end);
                done = true;
            }
            return done;
        };
        new ConsumerActor(users, client, id, List.of(partition), Duration.ofMillis(5), atTheEnd).begin();
    }
}
