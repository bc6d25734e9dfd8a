package io.millrace.broker.replication.session;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.Partitions;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a session that lives on one partition loop. What becomes ready in one turn of the loop goes in one message:
 * an append only marks the feeds that wait for it. Confined to that loop, but for {@link #wake}.
 */
final class SessionShard {
    private final LeaderSession session;
    private final Partitions partitions;
    private final EventLoop loop;
    private final SessionLimits limits;
    private final Map<Key, ReplicaFeed> feeds = new LinkedHashMap<>();
    private final Deque<ReplicaFeed> ready = new ArrayDeque<>();
    private final Deque<ReplicaFeed> news = new ArrayDeque<>();
    private List<ReplicaPart> outgoing = new ArrayList<>();
    private long outgoingBytes;
    private boolean willServe;
    private volatile boolean stalled;

    SessionShard(LeaderSession session, Partitions partitions, EventLoop loop, SessionLimits limits) {
        this.session = session;
        this.partitions = partitions;
        this.loop = loop;
        this.limits = limits;
    }

    private record Key(TopicId topicId, int partition) {
        static Key of(Position position) {
            return new Key(position.topicId(), position.partition());
        }
    }

    /** Takes what the follower says of partitions of this loop. A bug in one of them does not keep the others from being served. */
    void take(int controllerEpoch, Iterator<Position> positions) {
        try {
            while (positions.hasNext() && !session.isOver()) {
                take(controllerEpoch, positions.next());
            }
        } finally {
            if (positions.hasNext() && !session.isOver()) {
                loop.post(() -> take(controllerEpoch, positions));
            } else {
                serve();
            }
        }
    }

    private void take(int controllerEpoch, Position position) {
        Key key = Key.of(position);
        ReplicaFeed feed = feeds.get(key);
        if (feed == null) {
            Optional<LocalPartition> partition = partitions.held(position.topicId(), position.partition());
            if (partition.isEmpty()) {
                refuse(position, new Refusal.StaleEpoch("This broker has no such partition (yet, or any more)."));
                return;
            }
            feed = new ReplicaFeed(session, this, partition.get(), position);
        } else {
            session.release(feed.arrived(position));
        }
        if (position.wants() == Wants.TO_LEAVE) {
            leave(key, feed);
        } else {
            follow(controllerEpoch, key, feed, position);
        }
    }

    private void leave(Key key, ReplicaFeed feed) {
        feeds.remove(key);
        feed.partition().serveReplica(desk -> desk.leave(feed), ignored -> {});
    }

    private void follow(int controllerEpoch, Key key, ReplicaFeed feed, Position position) {
        feed.partition()
                .serveReplica(
                        desk -> {
                            ReplicaPart parted = desk.take(feed, controllerEpoch, position);
                            if (parted == null) {
                                feeds.put(key, feed);
                                feed.follows(position, desk);
                            } else {
                                feed.wishIsOver();
                                send(parted, 0);
                            }
                        },
                        why -> refuse(position, why));
    }

    /** There are records for the feed. */
    void isReady(ReplicaFeed feed) {
        ready.add(feed);
        serveSoon();
    }

    /** The feed has news, which wait a while for records that carry them. */
    void hasNews(ReplicaFeed feed) {
        if (news.isEmpty()) {
            loop.schedule(limits.newsDelay(), this::sendNews);
        }
        news.add(feed);
    }

    /** The partition serves the feed no more. */
    void dismissed(ReplicaFeed feed, Refusal why) {
        Position position = feed.position();
        if (feeds.remove(Key.of(position), feed)) {
            session.release(feed.takeOnTheWay());
            refuse(position, why);
            serveSoon();
        }
    }

    /** The window has room again. May be called from any thread. */
    void wake() {
        if (stalled) {
            stalled = false;
            loop.post(this::serve);
        }
    }

    /** Other brokers are known: followers that could not join may do so now. */
    void review() {
        for (ReplicaFeed feed : List.copyOf(feeds.values())) {
            feed.review();
        }
    }

    /** The session is over. */
    void end() {
        List<ReplicaFeed> all = List.copyOf(feeds.values());
        feeds.clear();
        ready.clear();
        news.clear();
        all.forEach(ReplicaFeed::detach);
    }

    private void serveSoon() {
        if (!willServe) {
            willServe = true;
            loop.post(this::serve);
        }
    }

    private void serve() {
        willServe = false;
        if (session.isOver()) {
            return;
        }
        try {
            while (!ready.isEmpty() && hasRoom()) {
                answer(ready.remove());
            }
        } finally {
            flush();
            if (!ready.isEmpty() && !stalled) {
                serveSoon();
            }
        }
    }

    /** Looks again after it has said that it waits: whoever has made room in between saw nobody to wake. */
    private boolean hasRoom() {
        if (session.window().hasRoom()) {
            return true;
        }
        stalled = true;
        if (!session.window().hasRoom()) {
            return false;
        }
        stalled = false;
        return true;
    }

    private void answer(ReplicaFeed feed) {
        ReplicaPart part = feed.answer(limits.partBytesMax());
        if (part instanceof ReplicaPart.Records records) {
            int bytes = records.records().sizeInBytes();
            session.window().take(bytes);
            send(part, bytes);
        } else if (part != null) {
            send(part, 0);
        }
    }

    private void sendNews() {
        if (session.isOver()) {
            return;
        }
        List<ReplicaFeed> all = List.copyOf(news);
        news.clear();
        for (ReplicaFeed feed : all) {
            ReplicaPart.Progress progress = feed.news();
            if (progress != null) {
                send(progress, 0);
            }
        }
        flush();
    }

    private void refuse(Position position, Refusal why) {
        send(new ReplicaPart.Refused(position.topicId(), position.partition(), position.leaderEpoch(), why), 0);
    }

    private void send(ReplicaPart part, int bytes) {
        if (outgoingBytes > 0 && outgoingBytes + bytes > limits.messageBytesMax()) {
            flush();
        }
        outgoing.add(part);
        outgoingBytes += bytes;
    }

    private void flush() {
        if (!outgoing.isEmpty()) {
            List<ReplicaPart> parts = outgoing;
            outgoing = new ArrayList<>();
            outgoingBytes = 0;
            session.outbox().send(parts);
        }
    }
}
