package io.millrace.core.statemachine.simulated;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.Leadership;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the processes that join a log share: the memory in which it is kept, and the election. Everything happens on one
 * event loop, each part of a decision in a task of its own, so that a test on a manual loop can interrupt anywhere.
 */
public final class MemoryLogStore<K, V> {
    private final String logId;
    private final EventLoop loop;
    private final int changesPerWriteMax;
    private final Map<K, V> state = new LinkedHashMap<>();
    private final List<Member<K, V>> candidates = new ArrayList<>(); // the first one leads
    private @Nullable LogMember leader;
    private int epoch;
    private long version;

    /** An empty log. Decisions of more changes than the limit are split. */
    public MemoryLogStore(String logId, EventLoop loop, int changesPerWriteMax) {
        this.logId = logId;
        this.loop = loop;
        this.changesPerWriteMax = changesPerWriteMax;
    }

    /** A process that may join the log. */
    public ReplicatedLog<K, V> member(LogObserver observer) {
        return new Member<>(this, observer);
    }

    /** Ends the lead of a member as if it had been unreachable for too long: it goes to the end of the queue. */
    public void expire(ReplicatedLog<K, V> member) {
        loop.post(() -> {
            Member<K, V> candidate = (Member<K, V>) member;
            if (candidates.remove(candidate)) {
                candidate.lose();
                candidates.add(candidate);
                elect();
            }
        });
    }

    /** Cuts a member off: it loses the lead, if it has it, and hears of nothing until it is back. */
    public void cutOff(ReplicatedLog<K, V> member) {
        loop.post(() -> {
            Member<K, V> candidate = (Member<K, V>) member;
            candidates.remove(candidate);
            candidate.lose();
            elect();
        });
    }

    /** Lets a member that was cut off take part again. */
    public void reconnect(ReplicatedLog<K, V> member) {
        loop.post(() -> join((Member<K, V>) member));
    }

    private void join(Member<K, V> candidate) {
        candidates.add(candidate);
        candidate.hearOf(leader, epoch);
        elect();
    }

    private void leave(Member<K, V> candidate) {
        candidates.remove(candidate);
        elect();
    }

    private void elect() {
        if (candidates.isEmpty() || candidates.getFirst().epoch >= 0) {
            return;
        }
        Member<K, V> elected = candidates.getFirst();
        epoch++;
        version++;
        leader = elected.self;
        candidates.forEach(candidate -> candidate.hearOf(leader, epoch));
        elected.lead(new Leadership<>(logId, epoch, version, Map.copyOf(state)));
    }

    private boolean write(int writerEpoch, List<Change<K, V>> part, boolean last) {
        if (writerEpoch != epoch) {
            return false;
        }
        for (Change<K, V> change : part) {
            switch (change) {
                case Change.Put<K, V>(K key, V value) -> state.put(key, value);
                case Change.Remove<K, V>(K key) -> state.remove(key);
            }
        }
        if (last) {
            version++;
        }
        return true;
    }

    /** One process at the log. */
    private static final class Member<K, V> implements ReplicatedLog<K, V> {
        private final MemoryLogStore<K, V> store;
        private final LogObserver observer;
        private @Nullable Listener<K, V> listener;
        private @Nullable LogMember self;
        private volatile boolean closed;
        private int epoch = -1;

        Member(MemoryLogStore<K, V> store, LogObserver observer) {
            this.store = store;
            this.observer = observer;
        }

        @Override
        public void start(LogMember known, Listener<K, V> toTell) {
            store.loop.post(() -> {
                self = known;
                listener = toTell;
                store.join(this);
            });
        }

        @Override
        public void append(int atEpoch, List<Change<K, V>> changes) {
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("A decision without changes is not written");
            }
            store.loop.post(() -> writeFrom(atEpoch, List.copyOf(changes), 0));
        }

        @Override
        public void close() {
            closed = true;
            store.loop.post(() -> store.leave(this));
        }

        private void writeFrom(int atEpoch, List<Change<K, V>> changes, int from) {
            int to = Math.min(changes.size(), from + store.changesPerWriteMax);
            boolean last = to == changes.size();
            if (closed || atEpoch != epoch || !store.write(atEpoch, changes.subList(from, to), last)) {
                return;
            }
            int part = from / store.changesPerWriteMax + 1;
            int parts = Math.ceilDiv(changes.size(), store.changesPerWriteMax);
            observer.written(part, parts, to - from, 0);
            if (last) {
                tell(told -> told.onCommitted(atEpoch, store.version));
            } else {
                store.loop.post(() -> writeFrom(atEpoch, changes, to));
            }
        }

        private void hearOf(@Nullable LogMember leader, int atEpoch) {
            if (leader != null && self != null && !leader.id().equals(self.id())) {
                tell(told -> told.onOtherLeads(leader, atEpoch));
            }
        }

        private void lead(Leadership<K, V> leadership) {
            epoch = leadership.epoch();
            tell(told -> told.onLeading(leadership));
        }

        private void lose() {
            int lost = epoch;
            epoch = -1;
            if (lost >= 0) {
                tell(told -> told.onLost(lost));
            }
        }

        private void tell(Consumer<Listener<K, V>> message) {
            if (!closed && listener != null) {
                message.accept(listener);
            }
        }
    }
}
