package io.millrace.broker.replication.session;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.api.ReplicaSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A follower that remembers what it hears and says what the test wants. */
final class TestFollower implements ReplicaListener {
    private final LeaderRig rig;
    private final List<List<ReplicaPart>> messages = new ArrayList<>();
    ReplicaSession session = ReplicaSession.OVER;

    @Nullable
    Refusal closed;

    TestFollower(LeaderRig rig) {
        this.rig = rig;
    }

    @Override
    public void onParts(List<ReplicaPart> parts) {
        messages.add(List.copyOf(parts));
    }

    @Override
    public void onClosed(Refusal why) {
        closed = why;
    }

    /** Has everything before the offset, of epoch 0 as all is, durably, and wants what follows. */
    void wants(int number, long offset) {
        says(number, offset, offset, Wants.RECORDS);
    }

    void says(int number, long offset, long durableEnd, Wants wants) {
        says(position(number, 0, offset, offset == 0 ? ReplicaPull.NO_EPOCH : 0, durableEnd, wants));
    }

    void says(Position... positions) {
        session.pull(new ReplicaPull(LeaderRig.CONTROLLER_EPOCH, List.of(positions)));
        rig.settle();
    }

    static Position position(
            int number, int leaderEpoch, long fetchOffset, int lastEpoch, long durableEnd, Wants wants) {
        return new Position(LeaderRig.ORDERS, number, leaderEpoch, fetchOffset, lastEpoch, durableEnd, wants);
    }

    /** What has come since the last question, message by message. */
    List<List<ReplicaPart>> messages() {
        List<List<ReplicaPart>> all = List.copyOf(messages);
        messages.clear();
        return all;
    }

    /** What has come since the last question. */
    List<ReplicaPart> parts() {
        return messages().stream().flatMap(List::stream).toList();
    }

    static int sizeOf(ReplicaPart part) {
        return ((ReplicaPart.Records) part).records().sizeInBytes();
    }

    static long firstOffset(ReplicaPart.Records part) {
        try {
            return part.records().read().getLong(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
