package io.millrace.simulation.store;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.Leadership;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.schedule.SimProcess;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in a {@link Store}, by the rules of the product's log in ZooKeeper: a latch elects, the epoch record makes sure of
 * it, a short loss of the connection is ridden out, and only a lost session or a later epoch ends the lead.
 */
public final class StoreLog<K, V> implements ReplicatedLog<K, V> {
    private final EventLoop loop;
    private final StoreTimes times;
    private final LogObserver observer;
    private final int changesPerWriteMax;
    private final long life;
    private final StoreSession<K, V> session;
    private @Nullable LogMember self;
    private @Nullable Listener<K, V> listener;
    private @Nullable TermWriter<K, V> term;
    private long place;
    private int epochKnown;
    private boolean missedBefore;
    private boolean replacedBefore;
    private boolean takingOver;
    private boolean closed;

    /**
     * A member that has not joined yet.
     *
     * @param changesPerWriteMax a decision of more is split
     */
    public StoreLog(
            SimProcess process, Channel toStore, StoreTimes times, LogObserver observer, int changesPerWriteMax) {
        this.loop = process.network();
        this.times = times;
        this.observer = observer;
        this.changesPerWriteMax = changesPerWriteMax;
        this.life = process.startedAt();
        this.session = new StoreSession<>(toStore, loop, process.clock(), times, new SessionEvents());
    }

    @Override
    public void start(LogMember known, Listener<K, V> toTell) {
        loop.post(() -> {
            self = known;
            listener = toTell;
            session.open();
            confirm();
        });
    }

    @Override
    public void append(int epoch, List<Change<K, V>> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("A decision without changes is not written");
        }
        List<Change<K, V>> decided = List.copyOf(changes);
        loop.post(() -> {
            TermWriter<K, V> now = term;
            if (now != null && now.epoch() == epoch) {
                now.append(decided);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        loop.post(session::close);
    }

    private final class SessionEvents implements StoreSession.Listener {
        @Override
        public void opened() {
            stand();
        }

        @Override
        public void news() {
            look();
        }

        @Override
        public void over() {
            place = 0;
            stepDown();
        }
    }

    private void stand() {
        LogMember known = self;
        long under = session.id();
        if (closed || known == null || under == 0) {
            return;
        }
        place = 0;
        session.ask(
                "stand",
                store -> store.stand(under, known, life),
                number -> {
                    if (session.id() == under) {
                        place = number;
                        look();
                    }
                },
                _ -> loop.schedule(times.retry(), () -> {
                    if (session.id() == under && place == 0) {
                        stand();
                    }
                }));
    }

    /** An event that never came must not leave this member out of the election, or in a lead that is over. */
    private void confirm() {
        if (!closed) {
            look();
            loop.schedule(times.confirm(), this::confirm);
        }
    }

    private void look() {
        LogMember known = self;
        long number = place;
        if (closed || known == null || number == 0) {
            return;
        }
        session.ask(
                "look",
                store -> store.look(number, known, life),
                seen -> {
                    if (place == number) {
                        seen(known, seen);
                    }
                },
                _ -> {});
    }

    private void seen(LogMember known, Store.Look seen) {
        boolean replaced = seen.place() == Store.Place.REPLACED;
        if (replaced && replacedBefore) {
            leaveForGood();
            return;
        }
        replacedBefore = replaced;
        boolean missing = seen.place() == Store.Place.MISSING;
        if (missing && missedBefore) {
            missedBefore = false;
            queueAgain();
            return;
        }
        missedBefore = missing;
        hear(known, seen.epoch());
        if (seen.place() == Store.Place.FIRST && term == null) {
            takeOver(known);
        }
    }

    private void hear(LogMember known, EpochRecord heard) {
        LogMember leader = heard.leader();
        if (leader == null || heard.epoch() <= epochKnown || leader.id().equals(known.id())) {
            return;
        }
        epochKnown = heard.epoch();
        if (term != null) {
            queueAgain();
        }
        tell(told -> told.onOtherLeads(leader, heard.epoch()));
    }

    private void takeOver(LogMember known) {
        if (takingOver) {
            return;
        }
        takingOver = true;
        long under = session.id();
        session.ask(
                "read-epoch", Store::readEpoch, present -> begin(under, present.next(known)), _ -> takingOver = false);
    }

    private void begin(long under, EpochRecord begun) {
        session.ask(
                "begin-epoch",
                store -> store.write(under, begun, List.of()),
                written -> {
                    if (written) {
                        load(under, begun);
                    } else {
                        takingOver = false;
                    }
                },
                _ -> {
                    takingOver = false;
                    queueAgain();
                });
    }

    private void load(long under, EpochRecord begun) {
        session.ask(
                "read-all",
                Store::read,
                contents -> {
                    takingOver = false;
                    if (session.id() != under || begun.epoch() <= epochKnown) {
                        return; // over before it began
                    }
                    epochKnown = begun.epoch();
                    term = new TermWriter<>(session, loop, begun, changesPerWriteMax, new TermEvents(begun.epoch()));
                    tell(told -> told.onLeading(
                            new Leadership<>(contents.logId(), begun.epoch(), begun.version(), contents.state())));
                },
                _ -> {
                    takingOver = false;
                    queueAgain();
                });
    }

    private final class TermEvents implements TermWriter.Listener {
        private final int epoch;

        TermEvents(int epoch) {
            this.epoch = epoch;
        }

        @Override
        public void written(int part, int parts, int changes) {
            observer.written(part, parts, changes, 0);
        }

        @Override
        public void committed(long version) {
            if (isPresent()) {
                tell(told -> told.onCommitted(epoch, version));
            }
        }

        @Override
        public void over() {
            if (isPresent()) {
                queueAgain();
            }
        }

        @Override
        public boolean isPresent() {
            return !closed && term != null && term.epoch() == epoch;
        }
    }

    /** Whoever is deposed goes back to the end of the queue. */
    private void queueAgain() {
        stepDown();
        stand();
    }

    private void stepDown() {
        TermWriter<K, V> before = term;
        term = null;
        if (before != null) {
            tell(told -> told.onLost(before.epoch()));
        }
    }

    private void leaveForGood() {
        stepDown();
        tell(Listener::onReplaced);
        closed = true;
        session.close();
    }

    private void tell(Consumer<Listener<K, V>> message) {
        Listener<K, V> told = listener;
        if (!closed && told != null) {
            message.accept(told);
        }
    }
}
