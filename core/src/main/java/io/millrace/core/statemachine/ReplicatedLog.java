package io.millrace.core.statemachine;

import java.util.List;

/**
 * Where a state machine keeps its records: several processes may join one log, one of them leads and writes.
 *
 * <p>A decision is written atomically when it fits into the log's limit. A larger one is split: its changes are written
 * in the given order, in parts, each of them atomic and as large as the limit allows; a crash leaves the first parts.
 * Whoever makes such a decision orders it so that each beginning of it is legal, and clears up after its predecessor.
 *
 * @param <K> what records are about
 * @param <V> what they say
 */
public interface ReplicatedLog<K, V> extends AutoCloseable {
    /** Joins the log. The listener hears about leadership from now on. Called once. */
    void start(LogMember self, Listener<K, V> listener);

    /**
     * Writes a decision, which must not be empty, behind those appended before. The listener hears the end of it: that
     * it is committed, or that the epoch is over. Then it may or may not have been written, in whole or in part; the
     * next leadership shows. An epoch that is over already is ignored. May be called from any thread, in order.
     */
    void append(int epoch, List<Change<K, V>> changes);

    /** Leaves the log, giving up leadership. The listener hears nothing of it, and nothing afterwards. */
    @Override
    void close();

    /** Hears what becomes of the log: one call at a time, in order, on a thread of the log. It must return quickly. */
    interface Listener<K, V> {
        /** This process leads. Until {@link #onLost} it may append with this epoch. */
        void onLeading(Leadership<K, V> leadership);

        /** The oldest decision appended under this epoch and not yet reported is durable, whole, as this version. */
        void onCommitted(int epoch, long version);

        /** The epoch is over; this process may lead again later, with a new one. */
        void onLost(int epoch);

        /**
         * Another process leads, or led last, under an epoch greater than every one heard of before. It may be loading
         * yet, and it may be dead. Never heard while this process leads: its loss comes first.
         */
        void onOtherLeads(LogMember leader, int epoch);

        /**
         * A later process has joined as the same member, so this one has left the log for good. The loss of the lead comes
         * first; nothing comes afterwards.
         */
        void onReplaced();
    }
}
