package io.millrace.simulation.store;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.statemachine.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes under one epoch, one part at a time, each on condition of the write before. Whether a write whose answer was lost
 * has happened is read off the epoch record: another epoch means deposed, one write more means written, else it is written
 * again, as the condition lets only one through.
 */
final class TermWriter<K, V> {
    private static final Duration RETRY = Duration.ofMillis(50);

    private final StoreSession<K, V> session;
    private final EventLoop loop;
    private final int changesPerWriteMax;
    private final Listener listener;
    private final Deque<List<Change<K, V>>> waiting = new ArrayDeque<>();
    private EpochRecord present;
    private boolean writing;

    TermWriter(
            StoreSession<K, V> session, EventLoop loop, EpochRecord begun, int changesPerWriteMax, Listener listener) {
        this.session = session;
        this.loop = loop;
        this.present = begun;
        this.changesPerWriteMax = changesPerWriteMax;
        this.listener = listener;
    }

    /** Hears what becomes of decisions. */
    interface Listener {
        void written(int part, int parts, int changes);

        void committed(long version);

        void over();

        /** Whether this term still is, as far as this member knows. */
        boolean isPresent();
    }

    int epoch() {
        return present.epoch();
    }

    void append(List<Change<K, V>> changes) {
        waiting.add(changes);
        next();
    }

    private void next() {
        if (!writing && !waiting.isEmpty() && listener.isPresent()) {
            writing = true;
            write(waiting.remove(), 0);
        }
    }

    private void write(List<Change<K, V>> decision, int from) {
        if (!listener.isPresent()) {
            return;
        }
        int to = Math.min(decision.size(), from + changesPerWriteMax);
        EpochRecord next = present.at(to == decision.size() ? present.version() + 1 : present.version());
        List<Change<K, V>> part = decision.subList(from, to);
        long under = session.id();
        session.ask(
                "write",
                store -> store.write(under, next, part),
                done -> {
                    if (done) {
                        written(decision, from, to, next);
                    } else {
                        findOut(decision, from, to, next);
                    }
                },
                _ -> findOut(decision, from, to, next));
    }

    private void findOut(List<Change<K, V>> decision, int from, int to, EpochRecord next) {
        if (!listener.isPresent()) {
            return;
        }
        session.ask(
                "read-epoch",
                Store::readEpoch,
                seen -> {
                    if (seen.epoch() != next.epoch()) {
                        listener.over();
                    } else if (seen.writes() == next.writes()) {
                        written(decision, from, to, next);
                    } else {
                        write(decision, from);
                    }
                },
                _ -> loop.schedule(RETRY, () -> findOut(decision, from, to, next)));
    }

    private void written(List<Change<K, V>> decision, int from, int to, EpochRecord next) {
        if (!listener.isPresent()) {
            return;
        }
        present = next;
        int parts = Math.ceilDiv(decision.size(), changesPerWriteMax);
        listener.written(from / changesPerWriteMax + 1, parts, to - from);
        if (to < decision.size()) {
            write(decision, to);
        } else {
            writing = false;
            listener.committed(next.version());
            next();
        }
    }
}
