package io.millrace.core.statemachine;

import java.util.List;

/** State that changes only by committed records. Confined to the event loop of its runtime. */
public interface StateMachine<K, V> {
    /** Forgets everything and takes over what the log holds. */
    void load(Leadership<K, V> leadership, Turn turn);

    /**
     * The first decision after {@link #load}, made before any command: puts right what the leader before left
     * unfinished. Empty when there is nothing to do; changes no state.
     */
    List<Change<K, V>> repair(Turn turn);

    /** Takes over a committed decision: the only way in which state changes. */
    void apply(List<Change<K, V>> changes, long version, Turn turn);
}
