package io.millrace.broker.replication.follower;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The session with one leading broker, as long as partitions follow it. A session is bound to both brokers' registrations:
 * when one of these changes, another session begins. State is confined to the link's event loop; the methods may be called
 * from any thread.
 *
 * <pre>
 *   idle ──▶ open ──▶ pausing (50 ms, doubling to 1 s) ──▶ open
 *    ▲        └── no partition follows the broker for a while ──▶ idle
 * </pre>
 */
final class LeaderLink {
    /** More than so many positions are told in several messages. */
    static final int POSITIONS_MAX = 1_000;

    /** How long a session stays without partitions: a new leadership of the same broker is to find it. */
    static final Duration IDLE_MAX = Duration.ofSeconds(1);

    private final int leader;
    private final LinkSurroundings surroundings;
    private final LeaderLinks links;
    private final EventLoop loop;
    private final NavigableMap<Key, FollowedPartition> partitions = new ConcurrentSkipListMap<>(); // read by any thread
    private final List<ReplicaPull.Position> gathered = new ArrayList<>();
    private final Backoff backoff = new Backoff();
    private @Nullable Opened open;
    private @Nullable ReplicaHello lastHello;
    private long sessions;
    private boolean pausing;
    private boolean toldUnlinked;
    private boolean ended;

    LeaderLink(int leader, LinkSurroundings surroundings, LeaderLinks links) {
        this.leader = leader;
        this.surroundings = surroundings;
        this.links = links;
        this.loop = surroundings
                .loops()
                .get(Math.floorMod(leader, surroundings.loops().size()));
    }

    /** A session, and what it was opened with. */
    private record Opened(long number, ReplicaHello hello, ReplicaSession session) {}

    /** A partition by its topic's identity. */
    private record Key(TopicId topicId, int partition) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing((Key key) -> key.topicId.uuid()).thenComparingInt(Key::partition);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    void join(FollowedPartition partition) {
        loop.post(() -> {
            partitions.put(new Key(partition.topicId(), partition.partition()), partition);
            Opened present = open;
            if (present == null) {
                openIfPossible();
            } else {
                partition.sessionBegan(present.number);
            }
        });
    }

    void leave(FollowedPartition partition) {
        loop.post(() -> {
            partitions.remove(new Key(partition.topicId(), partition.partition()), partition);
            if (partitions.isEmpty()) {
                loop.schedule(IDLE_MAX, this::closeIfIdle);
            }
        });
    }

    void send(long session, ReplicaPull.Position position) {
        loop.post(() -> {
            if (isPresent(session)) {
                gathered.add(position);
                if (gathered.size() == 1) {
                    loop.post(this::pull);
                }
            }
        });
    }

    void pictureChanged() {
        loop.post(() -> {
            ReplicaHello hello = hello();
            if (hello != null && !hello.equals(lastHello)) {
                closeSession();
                pausing = false;
                backoff.succeeded();
                openIfPossible();
            }
        });
    }

    void close() {
        loop.post(() -> {
            ended = true;
            closeSession();
        });
    }

    /** What came together while the loop was busy goes out as one. */
    private void pull() {
        Opened present = open;
        if (present != null) {
            int controllerEpoch = links.picture().controllerEpoch();
            for (int from = 0; from < gathered.size(); from += POSITIONS_MAX) {
                int to = Math.min(from + POSITIONS_MAX, gathered.size());
                present.session.pull(new ReplicaPull(controllerEpoch, gathered.subList(from, to)));
            }
        }
        gathered.clear();
    }

    private void openIfPossible() {
        ReplicaHello hello = hello();
        if (ended || pausing || open != null || partitions.isEmpty() || hello == null) {
            return; // the next picture, the end of the pause or the next partition comes here again
        }
        BrokerImage broker = links.picture().brokers().get(leader);
        if (broker == null) {
            return;
        }
        lastHello = hello;
        long number = ++sessions;
        open = new Opened(number, hello, surroundings.peers().to(broker).open(hello, new Listener(number)));
        partitions.values().forEach(partition -> partition.sessionBegan(number));
    }

    /** Nothing while the picture does not show the leader, or this broker is not registered. */
    private @Nullable ReplicaHello hello() {
        ClusterImage picture = links.picture();
        BrokerImage broker = picture.brokers().get(leader);
        return broker == null
                ? null
                : new ReplicaHello(
                        picture.clusterId(),
                        surroundings.brokerId(),
                        surroundings.brokerEpoch().getAsLong(),
                        leader,
                        broker.brokerEpoch());
    }

    private void closeIfIdle() {
        if (partitions.isEmpty()) {
            closeSession();
        }
    }

    private void closeSession() {
        Opened present = open;
        if (present != null) {
            pull();
            open = null;
            present.session.close();
        }
    }

    private void linked(long session) {
        if (isPresent(session)) {
            backoff.succeeded();
            toldUnlinked = false;
            surroundings.observer().linked(leader);
        }
    }

    private void closed(long session, Refusal why) {
        if (!isPresent(session)) {
            return;
        }
        open = null;
        gathered.clear();
        if (!toldUnlinked) {
            toldUnlinked = true;
            surroundings.observer().unlinked(leader, why);
        }
        pausing = true;
        loop.schedule(backoff.afterFailure(), () -> {
            pausing = false;
            openIfPossible();
        });
    }

    private boolean isPresent(long session) {
        return open != null && open.number == session;
    }

    /** Hears one session. */
    private final class Listener implements ReplicaListener {
        private final long session;
        private boolean heard; // confined to the session, which calls one at a time

        private Listener(long session) {
            this.session = session;
        }

        @Override
        public void onParts(List<ReplicaPart> parts) {
            if (!heard) {
                heard = true;
                loop.post(() -> linked(session));
            }
            for (ReplicaPart part : parts) {
                FollowedPartition partition = partitions.get(new Key(part.topicId(), part.partition()));
                if (partition != null) {
                    partition.received(session, part);
                }
            }
        }

        @Override
        public void onClosed(Refusal why) {
            loop.post(() -> closed(session, why));
        }
    }
}
