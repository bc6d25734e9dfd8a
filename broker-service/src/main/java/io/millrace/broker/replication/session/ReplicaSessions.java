package io.millrace.broker.replication.session;

import io.millrace.broker.partitions.Partitions;
import io.millrace.broker.replication.leader.KnownBrokers;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of all followers, of which each has one at most. Safe for all threads. */
public final class ReplicaSessions implements ReplicaApi {
    private final Self self;
    private final Supplier<KnownBrokers> brokers;
    private final Partitions partitions;
    private final SessionLimits limits;
    private final AtomicLong opened = new AtomicLong();
    private final Map<Integer, LeaderSession> byFollower = new ConcurrentSkipListMap<>();
    private volatile @Nullable Refusal closed;
    private KnownBrokers before = KnownBrokers.NONE; // confined to whoever tells of pictures

    /**
     * Who this broker is.
     *
     * @param brokerEpoch of its present registration
     */
    public record Self(String clusterId, int brokerId, LongSupplier brokerEpoch) {}

    public ReplicaSessions(Self self, Supplier<KnownBrokers> brokers, Partitions partitions, SessionLimits limits) {
        this.self = self;
        this.brokers = brokers;
        this.partitions = partitions;
        this.limits = limits;
    }

    @Override
    public ReplicaSession open(ReplicaHello hello, ReplicaListener listener) {
        Refusal why = whyNot(hello);
        if (why != null) {
            listener.onClosed(why);
            return ReplicaSession.OVER;
        }
        LeaderSession session =
                new LeaderSession(opened.incrementAndGet(), hello, listener, partitions, limits, this::ended);
        LeaderSession older = byFollower.put(hello.fromBroker(), session);
        if (older != null) {
            older.end(new Refusal.StaleEpoch("Broker " + hello.fromBroker() + " has opened another session."));
        }
        // What changed since the first look saw no session to end.
        Refusal since = whyNot(hello);
        if (since != null) {
            session.end(since);
        }
        return session;
    }

    private @Nullable Refusal whyNot(ReplicaHello hello) {
        Refusal stopped = closed;
        if (stopped != null) {
            return stopped;
        }
        if (!hello.clusterId().equals(self.clusterId())) {
            return new Refusal.StaleEpoch("This broker is of cluster " + self.clusterId() + "; the hello is for one of "
                    + hello.clusterId() + ".");
        }
        long epoch = self.brokerEpoch().getAsLong();
        if (hello.toBroker() != self.brokerId() || hello.toBrokerEpoch() != epoch) {
            return new Refusal.StaleEpoch("This is broker " + self.brokerId() + " with epoch " + epoch
                    + "; the hello is for broker " + hello.toBroker() + " with epoch " + hello.toBrokerEpoch() + ".");
        }
        long shown = brokers.get().epochOf(hello.fromBroker());
        return shown == hello.fromBrokerEpoch()
                ? null
                : new Refusal.StaleEpoch("The picture of this broker shows broker " + hello.fromBroker()
                        + " with epoch " + shown + ", not " + hello.fromBrokerEpoch() + ".");
    }

    /** The picture has changed, and the supplier gives the new brokers already. Called by one thread at a time. */
    public void pictureChanged() {
        KnownBrokers now = brokers.get();
        for (LeaderSession session : List.copyOf(byFollower.values())) {
            Refusal why = whyNot(session.hello());
            if (why != null) {
                session.end(why);
            } else if (now.controllerEpoch() != before.controllerEpoch()
                    || now.isFenced(session.followerId()) != before.isFenced(session.followerId())) {
                session.review();
            }
        }
        before = now;
    }

    /** Ends all sessions; no other is opened. */
    public void close(Refusal why) {
        closed = why;
        List.copyOf(byFollower.values()).forEach(session -> session.end(why));
    }

    private void ended(LeaderSession session) {
        byFollower.remove(session.followerId(), session);
    }
}
