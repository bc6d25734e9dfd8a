package io.millrace.core.statemachine;

/** A wish, to be decided against the state at its turn. */
@FunctionalInterface
public interface Command<K, V, A> {
    /** Decides on the present state and changes nothing, neither state nor anything else. */
    Decision<K, V, A> decide(Turn turn);
}
