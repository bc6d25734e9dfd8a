package io.millrace.controller.zookeeper;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.Randomness;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import java.util.List;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log kept as a tree of znodes, the latest record of each key in a znode of its own.
 *
 * <p>A Curator latch elects the leader, and the epoch znode makes sure of it: see {@link EpochFencedWriter}. A short loss
 * of the connection is ridden out; only a lost session ends the lead, and the latch brings it back. Every member watches
 * the epoch znode, which also says where its leader is reached.
 *
 * <p>Everything happens on one event loop of its own, which is allowed to block, and so does the listener's hearing. Only
 * whether the latch is held is asked in between, so that a blocked write notices.
 */
public final class ZooKeeperLog<K, V> implements ReplicatedLog<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperLog.class);

    private final CuratorFramework client;
    private final Doors doors;
    private final ZnodeLayout<K, V> layout;
    private final ZooKeeperLogOptions options;
    private final LogObserver observer;
    private final CuratorCache epochZnode;
    private @Nullable LogMember self;
    private @Nullable Listener<K, V> listener;
    private @Nullable LeaderLatch latch;
    private @Nullable Term<K, V> term;
    private @Nullable Candidacy candidacy;
    private boolean hasStood;
    private int epochKnown;
    private boolean candidacyMissed;
    private boolean replacementSeen;
    private volatile boolean closed;

    /**
     * A log that is not joined yet.
     *
     * @param client started, with a SessionConnectionStateErrorPolicy, so that only a lost session costs the lead
     */
    public ZooKeeperLog(
            CuratorFramework client,
            Doors doors,
            ZnodeLayout<K, V> layout,
            ZooKeeperLogOptions options,
            LogObserver observer) {
        this.client = client;
        this.doors = doors;
        this.layout = layout;
        this.options = options;
        this.observer = observer;
        this.epochZnode = CuratorCache.build(client, options.epochPath(), CuratorCache.Options.SINGLE_NODE_CACHE);
        epochZnode.listenable().addListener((type, before, after) -> {
            if (after != null) {
                doors.blocking().post(() -> hear(EpochZnode.decode(Text.of(after.getData()))));
            }
        });
    }

    /**
     * What the log needs of the outside.
     *
     * @param blocking an event loop of its own, whose tasks may wait for ZooKeeper
     */
    public record Doors(EventLoop blocking, Clock clock, Randomness randomness) {}

    @Override
    public void start(LogMember known, Listener<K, V> toTell) {
        doors.blocking().post(() -> {
            self = known;
            listener = toTell;
            candidacy = new Candidacy(known.id(), doors.randomness().nextUuid().toString());
            epochZnode.start();
            join(known);
            confirmLater();
        });
    }

    @Override
    public void append(int epoch, List<Change<K, V>> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("A decision without changes is not written");
        }
        List<Change<K, V>> decided = List.copyOf(changes);
        doors.blocking().post(() -> write(epoch, decided));
    }

    @Override
    public void close() {
        closed = true;
        doors.blocking().post(() -> {
            leave();
            epochZnode.close();
        });
    }

    private void join(LogMember known) {
        Candidacy own = candidacy;
        if (closed || own == null) {
            return;
        }
        try {
            if (hasStood && isReplaced(known, Election.placeOf(client, options, own))) {
                later(() -> join(known));
                return;
            }
            Election.prepare(client, options, own);
            hasStood = true;
            LeaderLatch queued = new LeaderLatch(client, options.candidatesPath(), own.encode());
            queued.addListener(new LeaderLatchListener() {
                @Override
                public void isLeader() {
                    doors.blocking().post(() -> takeOver(known));
                }

                @Override
                public void notLeader() {
                    doors.blocking().post(ZooKeeperLog.this::stepDown);
                }
            });
            latch = queued;
            queued.start();
        } catch (Exception e) {
            LOG.warn("Could not join the election in ZooKeeper; trying again", e);
            leave();
            later(() -> join(known));
        }
    }

    private void takeOver(LogMember known) {
        if (term != null || !leads()) {
            return;
        }
        try {
            Term<K, V> begun = Term.begin(client, layout, options, known, doors.randomness());
            term = begun;
            epochKnown = begun.epoch();
            LOG.info("Leading with epoch {} at version {}", begun.epoch(), begun.version());
            tell(told -> told.onLeading(begun.leadership()));
        } catch (Exception e) {
            LOG.warn("Could not take over the lead; leaving it to others, and queueing again", e);
            leave();
            later(() -> join(known));
        }
    }

    private void hear(EpochZnode heard) {
        LogMember known = self;
        if (known == null || heard.epoch() <= epochKnown || heard.member().id().equals(known.id())) {
            return;
        }
        epochKnown = heard.epoch();
        if (term != null) {
            queueAgain();
        }
        LOG.info("{} leads with epoch {}", heard.member(), heard.epoch());
        tell(told -> told.onOtherLeads(heard.member(), heard.epoch()));
    }

    private void write(int epoch, List<Change<K, V>> changes) {
        Term<K, V> now = term;
        if (now == null || now.epoch() != epoch) {
            return;
        }
        try {
            if (writeParts(now, now.parts(changes))) {
                tell(told -> told.onCommitted(epoch, now.version()));
            } else {
                queueAgain();
            }
        } catch (Exception e) {
            // The tree is not as its only writer knows it. What is there now is read afresh by the next leader.
            LOG.error("A write failed in an unexpected way; giving up the lead", e);
            queueAgain();
        }
    }

    private boolean writeParts(Term<K, V> now, List<Term.Part> parts) throws Exception {
        for (int i = 0; i < parts.size(); i++) {
            long began = doors.clock().nanoTime();
            Term.Part part = parts.get(i);
            if (!now.write(part, i == parts.size() - 1, this::leads)) {
                return false;
            }
            observer.written(i + 1, parts.size(), part.changes(), doors.clock().nanoTime() - began);
        }
        return true;
    }

    private void confirm() {
        LogMember known = self;
        try {
            if (!closed && known != null && client.getZookeeperClient().isConnected()) {
                confirm(known);
            }
        } catch (Exception e) {
            LOG.debug("Could not confirm how this member stands", e);
        }
        confirmLater();
    }

    /**
     * An event that never came must not leave this member out of the election, or in a lead that is over, or with an old
     * leader in mind.
     */
    private void confirm(LogMember known) throws Exception {
        Candidacy own = candidacy;
        if (own == null || latch == null) {
            return;
        }
        Election.Place place = Election.placeOf(client, options, own);
        if (isReplaced(known, place)) {
            return;
        }
        if (term != null || leads()) {
            confirmLead(known);
        } else {
            boolean missed = place == Election.Place.MISSING;
            if (missed && candidacyMissed) {
                LOG.warn("This member is missing among the candidates; queueing again");
                queueAgain();
            }
            candidacyMissed = missed;
            hear(EpochZnode.decode(Text.of(client.getData().forPath(options.epochPath()))));
        }
    }

    private void confirmLead(LogMember known) throws Exception {
        Term<K, V> now = term;
        if (now == null) {
            takeOver(known);
        } else if (now.isDeposed()) {
            queueAgain();
        }
    }

    /**
     * Two processes of one member would end each other's candidacies without end. The later one stays. It takes two looks: a
     * latch that finds its candidacy gone makes another one, and the two must not both give way to each other.
     */
    private boolean isReplaced(LogMember known, Election.Place place) {
        boolean replaced = place == Election.Place.REPLACED;
        if (replaced && replacementSeen) {
            leaveForGood(known);
        }
        replacementSeen = replaced;
        return replaced;
    }

    private void leaveForGood(LogMember known) {
        LOG.error(
                "Another process stands for election as {}; this one, which came before it, leaves for good."
                        + " Every process needs an id of its own.",
                known.id());
        stepDown();
        leave();
        tell(Listener::onReplaced);
        closed = true;
    }

    private void confirmLater() {
        if (!closed) {
            doors.blocking().schedule(options.confirmEvery(), this::confirm);
        }
    }

    /** The latch does not notice that its znode is gone, so whoever is deposed goes back to the end of the queue. */
    private void queueAgain() {
        stepDown();
        leave();
        LogMember known = self;
        if (known != null) {
            join(known);
        }
    }

    private void stepDown() {
        Term<K, V> before = term;
        term = null;
        if (before != null) {
            LOG.info("The lead with epoch {} is over", before.epoch());
            tell(told -> told.onLost(before.epoch()));
        }
    }

    private void leave() {
        LeaderLatch queued = latch;
        latch = null;
        candidacyMissed = false;
        if (queued != null && queued.getState() == LeaderLatch.State.STARTED) {
            try {
                queued.close(LeaderLatch.CloseMode.SILENT);
            } catch (Exception e) {
                LOG.warn("Could not leave the election in ZooKeeper; the session's end will do it", e);
            }
        }
    }

    private boolean leads() {
        LeaderLatch queued = latch;
        return !closed && queued != null && queued.hasLeadership();
    }

    private void later(Runnable task) {
        if (!closed) {
            doors.blocking().schedule(options.retryDelay(), task);
        }
    }

    private void tell(Consumer<Listener<K, V>> message) {
        if (!closed && listener != null) {
            message.accept(listener);
        }
    }
}
